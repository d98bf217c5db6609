import snappy from 'snappyjs';
import type { Address } from '../../tools/kubernetes/cluster';
import { HttpClient, type ConnectionOptions, type Response, type Tls } from './http';
import { writeRequest, type TimeSeries } from './write-request';

/** The body of a request of remote write 1.0. */
export const encoded = (series: readonly TimeSeries[]): Buffer =>
  Buffer.from(snappy.compress(writeRequest(series)));

/** A sender of remote write 1.0. */
export class RemoteWriter {
  private readonly http: HttpClient;

  constructor(address: Address, tls: Tls, options: ConnectionOptions = {}) {
    this.http = new HttpClient(address, tls, options);
  }

  /**
   * Sends series in one request.
   *
   * @returns the answer, whatever its status
   * @throws Error when there is none, such as a refused TLS handshake
   */
  send(series: readonly TimeSeries[], headers: Record<string, string> = {}): Promise<Response> {
    return this.sendEncoded(encoded(series), headers);
  }

  /** The same with a body that is made already. */
  sendEncoded(body: Buffer, headers: Record<string, string> = {}): Promise<Response> {
    return this.http.send({
      method: 'POST',
      path: '/api/v1/receive',
      headers: {
        'content-type': 'application/x-protobuf',
        'content-encoding': 'snappy',
        'x-prometheus-remote-write-version': '0.1.0',
        ...headers,
      },
      body,
    });
  }

  close(): void {
    this.http.close();
  }
}
