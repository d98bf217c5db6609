import type { ClientCertificate } from './certificates';
import type { Platform } from './platform';
import { Failure } from './report';

/**
 * That a client gets no answer but a TLS alert.
 *
 * @param client no certificate at all if undefined
 * @returns the alert
 * @throws Failure when it is answered, or ends in another way
 */
export async function refused(platform: Platform, client: ClientCertificate | undefined): Promise<string> {
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
