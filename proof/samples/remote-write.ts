import snappy from 'snappyjs';
import type { Address } from '../../tools/kubernetes/port-forward';
import { HttpClient, type ConnectionOptions, type Response, type Tls } from '../../tools/http-client';
import { writeRequest, type TimeSeries } from './write-request';

/** Path of remote write at Thanos Receive. */
export const remoteWritePath = '/api/v1/receive';

/** Headers of a request of remote write 1.0. */
export const remoteWriteHeaders = {
  'content-type': 'application/x-protobuf',
  'content-encoding': 'snappy',
  'x-prometheus-remote-write-version': '0.1.0',
} as const;

/** Header that names the tenant to a Receive that takes it from no certificate. */
export const tenantHeader = (tenant: string): Record<string, string> => ({ 'THANOS-TENANT': tenant });

/** Body of a request of remote write 1.0. */
export const encoded = (series: readonly TimeSeries[]): Buffer =>
  Buffer.from(snappy.compress(writeRequest(series)));

/** Sender of remote write 1.0. */
export class RemoteWriter {
  private readonly http: HttpClient;

  constructor(address: Address, tls?: Tls, options: ConnectionOptions = {}) {
    this.http = new HttpClient(address, tls, options);
  }

  /**
   * Sends series in one request.
   *
   * @returns the answer, whatever its status
   * @throws Error when there is no answer, for example after a refused TLS handshake
   */
  send(series: readonly TimeSeries[], headers: Record<string, string> = {}): Promise<Response> {
    return this.sendEncoded(encoded(series), headers);
  }

  /** Sends a body that has been encoded before. */
  sendEncoded(body: Buffer, headers: Record<string, string> = {}): Promise<Response> {
    return this.http.send({
      method: 'POST',
      path: remoteWritePath,
      headers: { ...remoteWriteHeaders, ...headers },
      body,
    });
  }

  close(): void {
    this.http.close();
  }
}
