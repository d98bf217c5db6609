import { HttpClient, type Response } from '../http-client';
import type { Answer } from './answers';
import type { Period } from './period';

export interface Credentials {
  user: string;
  password: string;
}

/** Panels are asked side by side, but a Query that serves people is not to be flooded. */
const atOnce = 4;

/** Prometheus' HTTP API of a Query, a query-frontend or a Prometheus. */
export class QueryApi {
  /** What answers said besides: a store that could not be asked, a part that is missing. */
  readonly warnings = new Set<string>();
  private readonly client: HttpClient;
  private readonly headers: Record<string, string>;
  private readonly path: string;

  /** @param ca PEM of the authority of its certificate; absent: one that this machine knows */
  constructor(url: URL, credentials?: Credentials, ca?: string) {
    const secure = url.protocol === 'https:';
    this.client = new HttpClient(
      { host: url.hostname, port: Number(url.port) || (secure ? 443 : 80) },
      secure ? { serverName: url.hostname, ca } : undefined,
      { maxSockets: atOnce },
    );
    this.path = url.pathname.replace(/\/$/, '');
    this.headers = {
      'Content-Type': 'application/x-www-form-urlencoded',
      ...(credentials && {
        Authorization: `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`,
      }),
    };
  }

  range(query: string, { from, to }: Period, step: number): Promise<Answer> {
    return this.post<Answer>('query_range', {
      query,
      start: String(from),
      end: String(to),
      step: String(step),
    });
  }

  instant(query: string, time: number): Promise<Answer> {
    return this.post<Answer>('query', { query, time: String(time) });
  }

  /** Prometheus takes these parameters in the address alone. */
  async labelValues(label: string, selector: string | undefined, { from, to }: Period): Promise<string[]> {
    const parameters = new URLSearchParams({
      start: String(from),
      end: String(to),
      ...(selector !== undefined && { 'match[]': selector }),
    });
    const values = await this.answer<unknown>(
      this.client.send({
        path: `${this.path}/api/v1/label/${encodeURIComponent(label)}/values?${parameters.toString()}`,
        headers: this.headers,
      }),
    );
    if (Array.isArray(values)) return values.map(String);
    throw new Error(`no list of label values, so no Prometheus: ${printable(JSON.stringify(values))}`);
  }

  close(): void {
    this.client.close();
  }

  /** A query of ours may be longer than an address may be. */
  private post<Data>(what: string, parameters: Record<string, string>): Promise<Data> {
    // As the datasource asks (components/grafana/datasources.ts): whatever resolution is there.
    const body = new URLSearchParams({ ...parameters, max_source_resolution: 'auto' }).toString();
    return this.answer<Data>(
      this.client.send({
        method: 'POST',
        path: `${this.path}/api/v1/${what}`,
        headers: { ...this.headers, 'Content-Length': String(Buffer.byteLength(body)) },
        body,
      }),
    );
  }

  private async answer<Data>(sent: Promise<Response>): Promise<Data> {
    const { status, body } = await sent;
    const read = parsed<Data>(body);
    for (const warning of read?.warnings ?? []) this.warnings.add(warning);
    if (read?.status === 'success' && read.data) return read.data;
    throw new Error(`${status}: ${printable(read?.error ?? body)}`);
  }
}

interface Envelope<Data> {
  status?: string;
  data?: Data;
  error?: string;
  warnings?: string[];
}

/** On one line, and without what a terminal would obey. */
const printable = (text: string): string =>
  text
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 200);

/** A proxy between, or a refused password, answers with a text. */
function parsed<Data>(body: string): Envelope<Data> | undefined {
  try {
    return JSON.parse(body) as Envelope<Data>;
  } catch {
    return undefined;
  }
}
