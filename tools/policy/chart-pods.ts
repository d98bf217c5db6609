import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse, stringify } from 'yaml';
import { releaseName } from '../../components/prometheus-stack/addresses';
import type { Manifest } from '../../policy/manifest';
import { reloaderOf, type ConfigReloader } from '../../policy/operator';
import type { Pod } from '../../policy/pod';
import { workloads } from '../../policy/workloads';
import { charts } from '../../versions';
import type { Release } from './helm';
import { releasesIn } from './manifests';

/** The pods of the chart and of its operator, as far as network policies and Services see them. */
export interface ChartPods {
  configReloader: ConfigReloader | undefined;
  pods: Pod[];
}

type Role = 'central' | 'edge';

/** What is recorded of a role's chart; what the reloader may take stands in our values. */
interface RecordedPods {
  reloaderImage: string;
  pods: Pod[];
}

/** What is recorded of the charts, for where they are not. */
export interface Recorded extends Record<Role, RecordedPods> {
  version: string;
}

/** Path of the record. */
export const recordPath = join(__dirname, 'chart-pods.yaml');

interface StackValues {
  prometheus: { agentMode?: boolean };
  prometheusOperator: { prometheusConfigReloader: { resources: ConfigReloader['resources'] } };
}

const valuesOf = (releases: readonly Pick<Release, 'name' | 'values'>[]) =>
  releases.find(({ name }) => name === releaseName)?.values as StackValues | undefined;

/** The pods in the chart's templates, and those that the operator makes. */
export function podsOfChart(chart: readonly Manifest[]): ChartPods {
  const configReloader = reloaderOf(chart);
  const pods = workloads(chart, configReloader).map(
    ({ object, namespace, labels, ports, hostNetwork }): Pod => ({
      object,
      namespace,
      labels,
      ports,
      ...(hostNetwork && { hostNetwork }),
    }),
  );
  return { configReloader, pods };
}

/**
 * The pods of the chart of a stack as they are recorded; which ones, its own values tell, and what the
 * reloader may take.
 */
export function recordedPods(releases: readonly Pick<Release, 'name' | 'values'>[]): ChartPods {
  const values = valuesOf(releases);
  if (!values) return { configReloader: undefined, pods: [] };
  const { reloaderImage: image, pods } = record()[roleOf(values)];
  const { resources } = values.prometheusOperator.prometheusConfigReloader;
  return { configReloader: { image, resources }, pods };
}

const roleOf = ({ prometheus }: StackValues): Role => (prometheus.agentMode ? 'edge' : 'central');

/** @throws Error when it is of another version of the chart than is deployed */
function record(): Recorded {
  const recorded = parse(readFileSync(recordPath, 'utf8')) as Recorded;
  if (recorded.version === charts.kubePrometheusStack) return recorded;
  throw new Error(
    `${relative(process.cwd(), recordPath)} is of kube-prometheus-stack ${recorded.version}, and versions.ts has ` +
      `${charts.kubePrometheusStack}. Run: npm run policy -- --chart --record`,
  );
}

/** What is to be recorded of several stacks with their charts' manifests: one of each role is enough. */
export function recordOf(stacks: readonly { ours: Manifest[]; chart: Manifest[] }[]): Recorded {
  const of = (role: Role): RecordedPods => {
    const stack = stacks.find(({ ours }) => {
      const values = valuesOf(releasesIn(ours));
      return values !== undefined && roleOf(values) === role;
    });
    const { configReloader, pods } = podsOfChart(stack?.chart ?? []);
    return { reloaderImage: configReloader?.image ?? '', pods };
  };
  return { version: charts.kubePrometheusStack, central: of('central'), edge: of('edge') };
}

const head = `# Pods of kube-prometheus-stack and its operator, for checks where the chart is not at hand.
# Made by \`npm run policy -- --chart --record\`; \`npm run check:chart\` compares it with the chart.
`;

/** The record as a file. */
export const recordText = (recorded: Recorded): string =>
  head + stringify(recorded, { lineWidth: 0, aliasDuplicateObjects: false });

export const writeRecord = (recorded: Recorded): void => {
  writeFileSync(recordPath, recordText(recorded));
};
