import { parseAllDocuments } from 'yaml';
import { UserError } from '../../../tools/command-line';
import { helmTemplate } from '../../../tools/policy/helm';
import type { RenderedGroup, RenderedRule } from '../../../tools/rules/rendered';
import { chartDirectory, chartSource } from '../../../components/prometheus-stack/chart-source';

/** Folder of the pinned charts, for tests of the real ones. */
export function chartsFolder(): string {
  const directory = chartDirectory({}, process.env);
  if (directory === undefined) {
    throw new Error('Set CHART_DIR to a folder with the pinned charts (helm pull), and have helm on PATH.');
  }
  return directory;
}

/** The archive of kube-prometheus-stack. */
export const stackChart = (): string => chartSource('kube-prometheus-stack', chartsFolder()).chart;

/** The manifests that Helm makes of values; the reason, if it refuses them. */
export function rendered(values: object): string {
  try {
    return helmTemplate(stackChart(), { name: 'kube-prometheus-stack', namespace: 'monitoring', values });
  } catch (error) {
    if (error instanceof UserError && error.exitCode === 1) return `refused: ${error.message}`;
    throw error;
  }
}

export interface Manifest {
  kind: string;
  metadata: { name: string; namespace?: string };
}

/** The objects of a rendered text. */
export const manifests = <Kind extends Manifest = Manifest>(text: string): Kind[] =>
  parseAllDocuments(text).flatMap((document) => (document.toJS() as Kind | null) ?? []);

/** The objects that Helm makes of values. */
export const manifestsOf = (values: object): Manifest[] => manifests(rendered(values));

interface YamlRules extends Manifest {
  metadata: ChartRules['metadata'];
  spec: {
    groups: (Omit<RenderedGroup, 'rules'> & {
      rules: (Omit<RenderedRule, 'expr'> & { expr: string | number })[];
    })[];
  };
}

/** A PrometheusRule of the chart's, all of whose rules the Ruler evaluates. */
export interface ChartRules extends Manifest {
  metadata: { name: string; namespace: string; labels?: Record<string, string> };
  spec: { groups: RenderedGroup[] };
}

/** The PrometheusRules that Helm makes of values; expressions that YAML takes for numbers are texts. */
export const rulesOfChart = (values: object): ChartRules[] =>
  (manifestsOf(values).filter(({ kind }) => kind === 'PrometheusRule') as unknown as YamlRules[]).map(
    (object) => ({
      ...object,
      spec: {
        groups: object.spec.groups.map((group) => ({
          ...group,
          evaluator: 'ruler' as const,
          rules: group.rules.map((rule) => ({ ...rule, expr: String(rule.expr) })),
        })),
      },
    }),
  );
