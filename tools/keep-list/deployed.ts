import { evaluatorLabel, rulesOfPrometheus } from '../../components/prometheus-stack/prometheus-rules';
import type { Dashboard, Rule } from './keep-list';

interface Metadata {
  metadata: { name: string; namespace: string; labels?: Record<string, string> };
}

/**
 * A group of rules as the Prometheus operator, Prometheus and Thanos take it; YAML lets an expression be a
 * number.
 */
interface Group {
  rules?: { expr: string | number; record?: string; alert?: string }[];
}

export interface PrometheusRule extends Metadata {
  spec: { groups?: Group[] };
}

export interface ConfigMap extends Metadata {
  data?: Record<string, string>;
}

/** Whether kube-prometheus-stack brought an object: its rules and dashboards carry this label. */
const ofChart = ({ metadata }: Metadata): boolean =>
  metadata.labels?.['app.kubernetes.io/part-of'] === 'kube-prometheus-stack';

/** What a cluster lacks of what kube-prometheus-stack brings to every central cluster; empty: nothing. */
export const missingOfChart = (
  rules: readonly Metadata[],
  dashboards: readonly Metadata[],
): ('PrometheusRules' | 'dashboards')[] => [
  ...(rules.some(ofChart) ? [] : (['PrometheusRules'] as const)),
  ...(dashboards.some(ofChart) ? [] : (['dashboards'] as const)),
];

const place = ({ metadata }: Metadata) => `${metadata.namespace}/${metadata.name}`;

const rulesOf = (groups: readonly Group[], where: string): Rule[] =>
  groups.flatMap(({ rules = [] }) =>
    rules.map(({ expr, record, alert }) => ({
      source: `${where}, ${record ?? alert ?? 'a rule'}`,
      expr: String(expr),
      ...(record !== undefined && { record }),
    })),
  );

const evaluator = ({ metadata }: Metadata) => metadata.labels?.[evaluatorLabel];

/**
 * The rules that read what edges send: those that the central Prometheus evaluates have its own cluster
 * alone.
 */
export const rulesOverEdges = (objects: readonly PrometheusRule[]): Rule[] =>
  objects
    .filter((object) => evaluator(object) !== rulesOfPrometheus.matchLabels[evaluatorLabel])
    .flatMap((object) => rulesOf(object.spec.groups ?? [], `PrometheusRule ${place(object)}`));

export const dashboardsIn = (objects: readonly ConfigMap[]): Dashboard[] =>
  objects.flatMap((object) =>
    Object.entries(object.data ?? {}).map(([file, json]) => ({
      source: `ConfigMap ${place(object)}, ${file}`,
      json,
    })),
  );
