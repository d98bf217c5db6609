import * as pulumi from '@pulumi/pulumi';
import { chartDirectory } from '../components/prometheus-stack/chart-source';
import type { CentralConfig } from '../config/central';
import type { EdgeConfig } from '../config/edge';
import { ConfigError, type Violation } from '../config/errors';
import { readConfig } from '../config/load';
import type { RawConfig } from '../config/raw';
import { told } from '../config/told';
import { Duration } from '../config/units';
import type { LastOutputs } from '../contract/deployed-state';
import type { CentralForEdge } from '../contract/read';
import { alertingVerdict } from './alertmanager';
import type { PlannedEdge } from './capacity';
import { centralVerdict, stepsVerdict } from './central';
import { certificateWarnings } from './certificate';
import { chartViolations } from './charts';
import { dashboardViolations } from './dashboards';
import type { ClusterAccess } from './cluster-access';
import { edgeStepsVerdict, edgeVerdict } from './edge';
import { knownContradictions } from './known-part';
import { singleIngestorWarnings } from './single-ingestor';
import { refused, together, type Verdict } from './verdict';

/** Where preflight looks beside the configuration itself. */
export interface Sources {
  now: Date;
  environment: Readonly<Record<string, string | undefined>>;
  /** What this stack exported when it was deployed the last time; undefined: never. */
  lastOutputs: () => Promise<LastOutputs | undefined>;
  /** What the central stack promises an edge, by the stack's full name and the edge's name. */
  centralForEdge: (stack: string, edge: string) => Promise<CentralForEdge>;
  /** Whether the configured context leads to the configured cluster, and it answers. */
  clusterViolations: (access: ClusterAccess) => Promise<Violation[]>;
}

/** A stack that may be deployed, with all that was looked up for it. */
export type Cleared = {
  /** Folder of chart archives; undefined: their registry. */
  charts: string | undefined;
  warnings: readonly string[];
} & (
  | { role: 'central'; config: CentralConfig; last: LastOutputs | undefined; now: Date }
  | { role: 'edge'; config: EdgeConfig; central: CentralForEdge; planned: PlannedEdge }
);

/**
 * Checks everything that can refuse a stack, before anything is registered: the configuration, its sums, the
 * charts, the cluster, and what is deployed.
 *
 * @throws pulumi.RunError, which is printed without a stack trace, with everything that is wrong at once
 */
export async function preflight(raw: RawConfig, sources: Sources): Promise<Cleared> {
  const { config, known, violations } = readConfig(raw);
  if (!config) {
    throw refusal(raw, [...violations, ...(known ? knownContradictions(known) : [])], []);
  }
  const charts = chartDirectory(config.charts, sources.environment);
  const [own, cluster] = await Promise.all([
    config.role === 'central' ? central(config, sources) : edge(config, sources),
    sources.clusterViolations(config.cluster),
  ]);
  const { violations: found, warnings } = together(
    refused(violations),
    own.verdict,
    refused(chartViolations(charts)),
    refused(cluster),
  );
  if (own.stack === undefined || found.length > 0) throw refusal(raw, found, own.refusals);
  return { ...own.stack, charts, warnings };
}

/**
 * What is found of one role: the stack, unless something could not be looked up, as the sentences of
 * `refusals` say.
 */
interface Found<Stack> {
  verdict: Verdict;
  refusals: string[];
  stack?: Stack;
}

async function central(config: CentralConfig, { lastOutputs, now }: Sources) {
  const verdict = together(
    centralVerdict(config),
    alertingVerdict(config, now),
    refused(dashboardViolations()),
    { violations: [], warnings: singleIngestorWarnings(config) },
  );
  return await lookedUp(lastOutputs(), verdict, (last) => ({
    verdict: together(verdict, stepsVerdict(last, config, now)),
    refusals: [],
    stack: { role: 'central' as const, config, last, now },
  }));
}

async function edge(config: EdgeConfig, { centralForEdge, lastOutputs }: Sources) {
  const outputs = Promise.all([centralForEdge(config.central, config.cluster.name), lastOutputs()]);
  return await lookedUp(outputs, edgeVerdict(config, undefined), ([central, last]) => {
    const planned = {
      series: central.series,
      scrapeInterval: Duration.parse(central.planned.scrapeInterval),
      outage: Duration.parse(central.outage),
    };
    return {
      verdict: together(edgeVerdict(config, planned), edgeStepsVerdict(last, config), {
        violations: [],
        warnings: certificateWarnings(last, central),
      }),
      refusals: [],
      stack: { role: 'edge' as const, config, central, planned },
    };
  });
}

/**
 * Goes on with what was looked up, or else with the verdict alone and the sentence that says why there is no
 * more.
 */
async function lookedUp<T, Stack>(
  looking: Promise<T>,
  otherwise: Verdict,
  found: (value: T) => Found<Stack>,
): Promise<Found<Stack>> {
  try {
    return found(await looking);
  } catch (error) {
    if (!pulumi.RunError.isInstance(error)) throw error;
    return { verdict: otherwise, refusals: [error.message] };
  }
}

function refusal(raw: RawConfig, violations: readonly Violation[], refusals: readonly string[]) {
  const config = violations.length > 0 ? [new ConfigError(raw.stack, violations.map(told(raw))).message] : [];
  return new pulumi.RunError([...config, ...refusals].join('\n'));
}
