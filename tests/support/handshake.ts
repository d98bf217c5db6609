import { connect, createServer, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { AddressInfo } from 'node:net';

export interface KeyPair {
  certificate: string;
  privateKey: string;
}

/** How Receive's routers serve: TLS 1.3, and a client certificate that one of the authorities has signed. */
export interface MutualTls {
  server: KeyPair;
  /** Authorities of clients, PEM. */
  clientCa: string;
}

function verdictOn(socket: TLSSocket): string {
  const peer: Partial<PeerCertificate> = socket.getPeerCertificate();
  if (!peer.subject) return 'no certificate';
  const refusal: unknown = socket.authorizationError;
  return socket.authorized ? `accepted as ${String(peer.subject.CN)}` : String(refusal);
}

/**
 * Connects with a client certificate.
 *
 * @returns `accepted as COMMON-NAME`, or why the server refuses (OpenSSL's name of the failure)
 */
export async function handshake({ server, clientCa }: MutualTls, client?: KeyPair): Promise<string> {
  const listener = createServer({
    cert: server.certificate,
    key: server.privateKey,
    ca: clientCa,
    requestCert: true,
    // The verdict is read below instead: a connection that is reset does not say why.
    rejectUnauthorized: false,
    minVersion: 'TLSv1.3',
  });
  const verdict = new Promise<string>((resolve, reject) => {
    listener.once('tlsClientError', reject);
    listener.once('secureConnection', (socket: TLSSocket) => {
      resolve(verdictOn(socket));
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  // Which server this is, is another test's: here the client only shows its certificate.
  const socket = connect({
    port,
    host: '127.0.0.1',
    rejectUnauthorized: false,
    ...(client && { cert: client.certificate, key: client.privateKey }),
  });
  // The server's refusal also ends the client.
  socket.on('error', () => undefined);
  try {
    return await verdict;
  } finally {
    socket.destroy();
    await new Promise((resolve) => listener.close(resolve));
  }
}
