import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { datasourcesFile } from '../../../components/grafana/datasources';
import { thanosShape } from '../../../config/thanos';
import { Duration } from '../../../config/units';
import { interpolated } from '../../../tools/dashboards/interpolation';
import { stepOf } from '../../../tools/dashboards/step';
import { eventually } from '../../eventually';
import { Failure } from '../../failure';
import { defaultDatasource } from '../../queries/datasource';
import { QueryClient, type Range } from '../../samples/query-client';
import { blocksOf } from '../bucket-blocks';
import { blockLength, compact, expired, makeBlocks, metrics, type Times } from '../old-blocks';
import { readPath } from '../read-path';

const day = 86_400;
/** What somebody looks at: a morning, and a week, at which a curve's step is longer than two of 5 minutes. */
const windows = ['6h', '7d'].map((text) => Duration.parse(text));
const scrapeInterval = Duration.parse('30s');

/** As Grafana is told to ask: what counts here are the parameters that it adds. */
const { besides } = defaultDatasource([
  datasourcesFile({ queryUrl: '', alertmanagerUrl: '', scrapeInterval }),
]);

/** What a panel shows: a number as it was, and a counter by the second, as Grafana's editor writes it. */
const expressions = [
  metrics.gauge,
  `rate(${metrics.counter}[$__rate_interval])`,
  // Over two points of each resolution and more.
  `rate(${metrics.counter}[15m])`,
  `rate(${metrics.counter}[3h])`,
];

/**
 * The time of which somebody asks: until so many days ago, or where the newest block that has lost its raw
 * samples ends before, its last part.
 */
export function windowIn({ end }: Times, daysBack: number, length: Duration, now: number): Times {
  const last = Math.min(now - daysBack * day, end - scrapeInterval.seconds);
  return { start: last - length.seconds, end: last };
}

/** A time that begins in one resolution and ends in the next finer one. */
const around = (time: number, { seconds }: Duration): Times => ({
  start: time - seconds / 2,
  end: time + seconds / 2,
});

const moved = ({ start, end }: Times, blocks: number): Times => ({
  start: start + blocks * blockLength,
  end: end + blocks * blockLength,
});

/**
 * How many points six hours have 40 and 100 days ago, when raw samples and then those of five minutes are
 * deleted: asked as our Grafana does, and without the parameters that its datasource adds.
 */
export async function measureHistory(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'history-'));
  const bucket = join(folder, 'bucket');
  mkdirSync(bucket);
  const objstore = join(folder, 'objstore.yml');
  writeFileSync(objstore, stringify({ type: 'FILESYSTEM', config: { directory: bucket } }));

  const now = Math.floor(Date.now() / 1000);
  const { retention, deleteDelay } = thanosShape.compactor.parse({});
  const ages = [
    { daysBack: 40, block: expired(retention.raw, now) },
    { daysBack: 100, block: expired(retention.fiveMinutes, now) },
  ];
  // A week may begin in the block before; the block after the first has its raw samples still.
  const blocks = new Map(
    ages.flatMap(({ block }) => [-1, 0, 1].map((by) => moved(block, by))).map((one) => [one.end, one]),
  );
  for (const times of blocks.values()) {
    await makeBlocks(join(folder, String(times.end)), bucket, times, scrapeInterval.seconds);
  }
  await compact(join(folder, 'compactor'), objstore, { retention, deleteDelay });
  console.table(
    blocksOf(bucket)
      .sort((a, b) => b.end - a.end || a.resolution - b.resolution)
      .map(({ start, end, ...rest }) => ({
        'days ago': `${ago(start, now)} to ${ago(end, now)}`,
        ...rest,
      })),
  );

  const port = await readPath(join(folder, 'read'), objstore);
  const client = new QueryClient({ host: '127.0.0.1', port });
  try {
    await storesKnown(client);
    const asked = [
      ...ages.flatMap(({ daysBack, block }) =>
        windows.map((length) => windowIn(block, daysBack, length, now)),
      ),
      ...ages.flatMap(({ block: { end } }) => windows.map((length) => around(end, length))),
    ];
    const rows = [];
    for (const times of asked) {
      for (const expression of expressions) rows.push(await measured(client, expression, times, now));
    }
    console.table(rows);
  } finally {
    client.close();
  }
}

const ago = (time: number, now: number) => ((now - time) / day).toFixed(1);

/** Query-frontend answers before Query has found Store, and would keep the empty answer. */
const storesKnown = (client: QueryClient) =>
  eventually(
    60,
    async () => {
      const { store = [] } = await client.stores();
      if (store.every(({ labelSets }) => labelSets.length === 0)) throw new Failure('Query knows no Store');
    },
    500,
  );

async function measured(client: QueryClient, expression: string, times: Times, now: number) {
  const length = times.end - times.start;
  const step = stepOf(length, scrapeInterval.seconds);
  const whole = (time: number) => Math.floor(time / step) * step;
  const range: Range = { start: whole(times.start), end: whole(times.end), step };
  const query = interpolated(expression, {
    range: length,
    step,
    scrapeInterval: scrapeInterval.seconds,
    values: new Map(),
  });
  const points = async (parameters: Record<string, string>) =>
    (await client.range(query, range, parameters)).reduce((sum, { values }) => sum + values.length, 0);
  return {
    'days ago': `${ago(range.start, now)} to ${ago(range.end, now)}`,
    query,
    step,
    before: await points({}),
    after: await points(besides),
  };
}
