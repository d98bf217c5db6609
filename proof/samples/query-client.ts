import type { Address } from '../../tools/kubernetes/port-forward';
import { HttpClient, type Tls } from '../../tools/http-client';
import { Failure } from '../failure';

export type Labels = Record<string, string>;

/** A series of an instant query's answer. */
export interface Sample {
  metric: Labels;
  /** Unix time in seconds, value as text. */
  value: [number, string];
}

/** A series of a range of raw samples. */
export interface Series {
  metric: Labels;
  values: [number, string][];
}

/** A StoreAPI as Query knows it. */
export interface Store {
  name: string;
  lastError: string | null;
  labelSets: Labels[];
  /** Unix time in milliseconds. */
  minTime: number;
  maxTime: number;
}

/** Unix times in seconds, and the seconds between two points. */
export interface Range {
  start: number;
  end: number;
  step: number;
}

export interface QueryOptions {
  /** Unix time in seconds; default now. */
  time?: number;
  /** Whether the copies of a series, apart by their replica labels, are one. Query's default is true. */
  dedup?: boolean;
  /** Ask only the StoreAPI of this address. */
  store?: string;
  besides?: Besides;
}

/** Parameters of the API besides, as a datasource of Grafana may add them. */
type Besides = Readonly<Record<string, string>>;

/** The HTTP API of Thanos Query, directly or through query-frontend. */
export class QueryClient {
  private readonly http: HttpClient;
  private readonly headers: Record<string, string>;

  constructor(address: Address, login?: { user: string; password: string }, tls?: Tls) {
    this.http = new HttpClient(address, tls);
    const basic = login && Buffer.from(`${login.user}:${login.password}`).toString('base64');
    this.headers = basic === undefined ? {} : { authorization: `Basic ${basic}` };
  }

  /**
   * An instant query for a vector, or for a number, which is one without labels. A StoreAPI that does not
   * answer makes it fail.
   *
   * @throws Failure with the server's answer
   */
  async instant(query: string, options: QueryOptions = {}): Promise<Sample[]> {
    const { result, resultType } = await this.get<
      { resultType: 'scalar'; result: Sample['value'] } | { resultType: 'vector'; result: Sample[] }
    >('/api/v1/query', parameters(query, options));
    return resultType === 'scalar' ? [{ metric: {}, value: result }] : result;
  }

  /** Every raw sample of a selector within a range, such as `5m`, before `time`. For exact counts. */
  async raw(selector: string, range: string, options: QueryOptions = {}): Promise<Series[]> {
    const query = `${selector}[${range}]`;
    const { result } = await this.get<{ result: Series[] }>('/api/v1/query', parameters(query, options));
    return result;
  }

  /**
   * A range query as Grafana sends it, with what its datasource adds: a StoreAPI that does not answer makes
   * it fail only where that is asked for.
   *
   * @throws Failure with the server's answer
   */
  async range(query: string, { start, end, step }: Range, besides: Besides = {}): Promise<Series[]> {
    const asked = { query, start: String(start), end: String(end), step: String(step), ...besides };
    const { result } = await this.get<{ result: Series[] }>(
      '/api/v1/query_range',
      new URLSearchParams(asked),
    );
    return result;
  }

  /**
   * The values of a label, in their order, of the series that a selector names, or of all.
   *
   * @throws Failure with the server's answer
   */
  labelValues(
    label: string,
    selector: string | undefined,
    { start, end }: Omit<Range, 'step'>,
  ): Promise<string[]> {
    return this.get(
      `/api/v1/label/${encodeURIComponent(label)}/values`,
      new URLSearchParams({
        ...(selector !== undefined && { 'match[]': selector }),
        start: String(start),
        end: String(end),
        partial_response: 'false',
      }),
    );
  }

  /** Every StoreAPI by kind: sidecar, receive, store, rule. */
  stores(): Promise<Record<string, Store[]>> {
    return this.get('/api/v1/stores', new URLSearchParams());
  }

  close(): void {
    this.http.close();
  }

  private async get<T>(path: string, query: URLSearchParams): Promise<T> {
    const target = `${path}?${query.toString()}`;
    const { status, body } = await this.http.send({ path: target, headers: this.headers });
    if (status !== 200) throw new Failure(`${target}: HTTP ${status}: ${body.slice(0, 500)}`);
    return (JSON.parse(body) as { data: T }).data;
  }
}

function parameters(query: string, { time, dedup, store, besides }: QueryOptions): URLSearchParams {
  return new URLSearchParams({
    query,
    partial_response: 'false',
    ...(time !== undefined && { time: String(time) }),
    ...(dedup !== undefined && { dedup: String(dedup) }),
    ...(store !== undefined && { 'storeMatch[]': `{__address__="${store}"}` }),
    ...besides,
  });
}

/** Labels as PromQL writes them. */
export const shown = (labels: Labels): string => {
  const { __name__ = '', ...rest } = labels;
  return `${__name__}{${Object.entries(rest)
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ')}}`;
};
