import { roles } from '../../../components/thanos/roles';
import type { Platform } from '../platform';
import { type Labels, type Sample, shown } from '../../samples/query-client';
import { Failure } from '../../failure';
import type { Report } from '../report';
import { eventually } from '../../eventually';

/** Labels that tell the copies of a series apart. */
const replicaLabels: readonly string[] = [roles.sidecar.replicaLabel, roles.receive.replicaLabel];

/** Jobs that an edge's agents find in every cluster. */
const edgeJobs = ['kube-state-metrics', 'kubelet', 'node-exporter'];

/** Seconds until targets are discovered, scraped, sent, and seen by Query. */
const patience = 300;

/** Checks that an edge's samples reach whoever asks, under the right name, and once. */
export async function samplesArrive(platform: Platform, report: Report): Promise<void> {
  const { edgeName, centralLabel } = platform;
  const clusters = [centralLabel, edgeName];

  await report.check(`up{cluster="${edgeName}"} through query-frontend`, () =>
    eventually(patience, () =>
      platform.query(async (query) => {
        const targets = await query.instant(`up{cluster="${edgeName}"}`);
        const missing = edgeJobs.filter((job) => !jobs(targets).includes(job));
        if (missing.length > 0) throw new Failure(`${targets.length} targets, none of ${missing.join(', ')}`);
        return `${targets.length} targets of ${jobs(targets).join(', ')}`;
      }),
    ),
  );

  await report.check('the label cluster names centre and edge, and nobody else', () =>
    eventually(patience, () =>
      platform.query(async (query) => {
        const series = await query.instant('count by (cluster) (up)');
        const found = series.map(({ metric }) => metric['cluster'] ?? '(none)').sort();
        if (found.join() !== [...clusters].sort().join()) throw new Failure(`found ${found.join(', ')}`);
        return series.map(({ metric, value }) => `${metric['cluster'] ?? ''} ${value[1]} targets`).join(', ');
      }),
    ),
  );

  for (const cluster of clusters) {
    await report.check(`every target of ${cluster} is up`, () =>
      eventually(patience, () =>
        platform.query(async (query) => {
          const down = await query.instant(`up{cluster="${cluster}"} == 0`);
          if (down.length > 0)
            throw new Failure(down.map(({ metric }) => `down: ${shown(metric)}`).join('\n'));
          return jobs(await query.instant(`up{cluster="${cluster}"}`)).join(', ');
        }),
      ),
    );

    await report.check(`the pair in ${cluster} is deduplicated`, () =>
      eventually(patience, () =>
        platform.query(async (query) => {
          const selector = `up{cluster="${cluster}"}`;
          const copies = counted(await query.instant(selector, { dedup: false }));
          const single = counted(await query.instant(selector, { dedup: true }));
          const wrong = [
            ...[...copies].filter(([, n]) => n !== 2).map(([key, n]) => `${n} copies without dedup: ${key}`),
            ...[...single].filter(([, n]) => n !== 1).map(([key, n]) => `${n} series with dedup: ${key}`),
            ...[...single].filter(([key]) => !copies.has(key)).map(([key]) => `only with dedup: ${key}`),
          ];
          if (wrong.length > 0 || single.size === 0) throw new Failure(wrong.join('\n') || 'no series');
          return `${single.size} series, each from 2 without dedup`;
        }),
      ),
    );
  }
}

/** Number of series with the same labels but for the replica's, by those labels. */
function counted(samples: readonly Sample[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { metric } of samples) {
    const key = shown(without(metric, replicaLabels));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

const without = (labels: Labels, names: readonly string[]): Labels =>
  Object.fromEntries(
    Object.entries(labels)
      .filter(([name]) => !names.includes(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const jobs = (samples: readonly Sample[]): string[] =>
  [...new Set(samples.map(({ metric }) => metric['job'] ?? '(no job)'))].sort();
