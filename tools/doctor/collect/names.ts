import { lookup } from 'node:dns/promises';
import { connect } from 'node:tls';
import { HttpClient } from '../../http-client';
import type { CentreSeen, NameSeen } from '../checks/names';
import { endOf } from './cluster';
import { basic, type Login } from './forwarded';

export interface NameAsked {
  url: string;
  /** PEM of the authority that its clients trust; none: those that this machine knows. */
  ca?: string | undefined;
  /** What is asked over TLS; none: nothing. */
  path?: string;
  login?: Login | undefined;
}

/** Seconds for one answer of a name. */
const each = 5;

/** Looks at a name as one of its clients does. */
export async function lookAtName({ url, ca, path, login }: NameAsked): Promise<NameSeen> {
  const { host, port, addresses } = await resolved(url);
  const [address] = addresses;
  if (address === undefined) return { host, port, addresses };
  const tls = await handshake({ host, address, port, ca });
  if (!tls.tls || path === undefined || tls.tls.refusal !== undefined)
    return { host, port, addresses, ...tls };
  const ask = (headers: Record<string, string>) => statusOf({ host, address, port, ca }, path, headers);
  const [status, statusWithLogin] = await Promise.all([ask({}), login ? ask(basic(login)) : undefined]);
  return { host, port, addresses, ...tls, status, ...(statusWithLogin !== undefined && { statusWithLogin }) };
}

/** Looks at the centre as an edge's agents do: with its certificate. It sends no sample. */
export async function lookAtCentre(
  url: string,
  identity: { ca: string; certificate: string; privateKey: string },
): Promise<CentreSeen> {
  const seen = await lookAtName({ url, ca: identity.ca });
  const [address] = seen.addresses;
  if (!seen.tls || seen.tls.refusal !== undefined || address === undefined) return seen;
  const server = { host: seen.host, address, port: seen.port, ca: identity.ca };
  try {
    // Any status will do: with TLS 1.3 a refused certificate shows when the first answer is read.
    const accepted = await statusOf(server, new URL(url).pathname, {}, identity);
    return { ...seen, accepted };
  } catch (error) {
    return { ...seen, failure: error instanceof Error ? error.message : String(error) };
  }
}

async function resolved(url: string) {
  const { hostname: host, port } = new URL(url);
  const addresses = await lookup(host, { all: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOTFOUND') return [];
    throw error;
  });
  return { host, port: Number(port || 443), addresses: addresses.map(({ address }) => address) };
}

interface Server {
  host: string;
  address: string;
  port: number;
  ca?: string | undefined;
}

/** What a server shows of itself in a TLS handshake. */
const handshake = ({ host, address, port, ca }: Server): Promise<Pick<NameSeen, 'tls' | 'failure'>> =>
  new Promise((resolve) => {
    const socket = connect({
      host: address,
      port,
      servername: host,
      ...(ca !== undefined && { ca }),
      timeout: each * 1000,
      // The verdict is read below: a connection that is refused does not say until when the certificate is
      // good.
      rejectUnauthorized: false,
    });
    const end = (seen: Pick<NameSeen, 'tls' | 'failure'>) => {
      socket.destroy();
      resolve(seen);
    };
    socket
      .once('secureConnect', () => {
        const certificate = socket.getPeerX509Certificate();
        if (!certificate) {
          end({ failure: 'it shows no certificate' });
          return;
        }
        // A code of OpenSSL or of Node.js, such as CERT_HAS_EXPIRED; its type says an Error.
        const refusal = socket.authorizationError as unknown as string;
        end({ tls: { ...(!socket.authorized && { refusal }), end: endOf(certificate) } });
      })
      .once('timeout', () => {
        end({ failure: `no answer within ${each} s` });
      })
      .on('error', (error: Error) => {
        end({ failure: error.message });
      });
  });

async function statusOf(
  { host, address, port, ca }: Server,
  path: string,
  headers: Record<string, string>,
  client?: { certificate: string; privateKey: string },
): Promise<number> {
  const http = new HttpClient(
    { host: address, port },
    { serverName: host, ca, ...(client && { client }) },
    { timeoutMs: each * 1000 },
  );
  try {
    return (await http.send({ path, headers })).status;
  } finally {
    http.close();
  }
}
