import { Failure } from '../failure';
import { PreparedSeries } from './prepared-series';
import { snappyLiteral } from './snappy-literal';

/** Series in a request, as an agent sends them. */
const batch = 2000;

/** Seconds between two samples of a series. */
export const historyInterval = 30;

/** Series with as many labels as cAdvisor's have; `labels` come on top, and are the same for all. */
const likeCadvisor = (count: number, labels: Readonly<Record<string, string>>): PreparedSeries[] =>
  Array.from(
    { length: count },
    (_, i) =>
      new PreparedSeries({
        __name__: 'container_network_receive_bytes_total',
        environment: 'lab',
        interface: `eth${i % 10}`,
        namespace: 'shop',
        node: `node-${i % 20}.example.internal`,
        pod: `shop-checkout-7d9c5b8f6d-${Math.floor(i / 10)}`,
        prometheus_replica: 'agent-0',
        ...labels,
      }),
  );

/**
 * Writes so many samples of so many series, half a minute apart, up to now, in their order.
 *
 * @param send sends an encoded request and returns the status of its answer
 * @throws Failure when one is refused
 */
export async function writeHistory({
  series,
  samples,
  labels = {},
  send,
}: {
  series: number;
  samples: number;
  labels?: Readonly<Record<string, string>>;
  send: (body: Buffer) => Promise<number>;
}): Promise<void> {
  const prepared = likeCadvisor(series, labels);
  const now = Date.now();
  for (let number = samples - 1; number >= 0; number--) {
    const timestamp = now - number * historyInterval * 1000;
    for (let from = 0; from < series; from += batch) {
      const parts = prepared
        .slice(from, from + batch)
        .map((one, i) => one.with(((from + i) * 7919 * (samples - number)) % 100_000, timestamp));
      const status = await send(snappyLiteral(Buffer.concat(parts)));
      if (status !== 200) throw new Failure(`Receive answered ${status}`);
    }
  }
}
