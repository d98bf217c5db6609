import { Failure } from '../failure';
import type { ClientCertificate } from './certificates';
import type { Platform } from './platform';

/**
 * The TLS alert with which the routers refuse a client, such as "tlsv13_alert_certificate_required".
 *
 * @param client no certificate at all if undefined
 * @throws Failure when the client gets an answer, or the connection ends in another way
 */
export async function tlsAlert(platform: Platform, client: ClientCertificate | undefined): Promise<string> {
  try {
    const { status, body } = await platform.remoteWrite(client, (writer) => writer.send([]));
    throw new Failure(`answered with HTTP ${status}: ${body}`);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (!/^ERR_SSL_.*ALERT/.test(code)) throw new Failure(`no TLS alert but: ${message}`, { cause: error });
    return code.replace(/^ERR_SSL_/, '').toLowerCase();
  }
}
