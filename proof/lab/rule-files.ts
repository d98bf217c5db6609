import { parseAllDocuments, stringify } from 'yaml';
import { evaluatorLabel, rulesOfPrometheus } from '../../components/prometheus-stack/prometheus-rules';

interface Rule {
  expr: string | number;
  alert?: string;
  record?: string;
}

interface PrometheusRule {
  kind: string;
  metadata: { name: string; labels?: Record<string, string> };
  spec: { groups: { name: string; rules: Rule[] }[] };
}

/** A list of `kubectl get --output=json`, an object of a manifest, or an empty document. */
type Document = PrometheusRule | { kind: string; items: PrometheusRule[] } | null;

/** The Ruler's rules as files, and what they are made of. */
export interface RuleFiles {
  /** By name, as Thanos reads them. */
  files: Record<string, string>;
  expressions: string[];
  rules: number;
  records: number;
}

/**
 * The rules that a Ruler evaluates, of the text that `kubectl get prometheusrules --output=json` or
 * `helm template` prints.
 *
 * @throws Error when there are none in it
 */
export function ruleFiles(text: string): RuleFiles {
  const objects = parseAllDocuments(text)
    .map((document) => document.toJS() as Document)
    .flatMap((found) => (found === null ? [] : 'items' in found ? found.items : [found]))
    .filter(({ kind, metadata }) => kind === 'PrometheusRule' && !isOfPrometheus(metadata.labels));
  const rules = objects.flatMap(({ spec }) => spec.groups.flatMap((group) => group.rules));
  if (rules.length === 0) throw new Error('there is no PrometheusRule of the Ruler in it');
  return {
    files: Object.fromEntries(
      objects.map(({ metadata, spec }) => [`${metadata.name}.yaml`, stringify({ groups: spec.groups })]),
    ),
    expressions: rules.map(({ expr }) => String(expr)),
    rules: rules.length,
    records: rules.filter(({ record }) => record !== undefined).length,
  };
}

const isOfPrometheus = (labels: Record<string, string> = {}): boolean =>
  labels[evaluatorLabel] === rulesOfPrometheus.matchLabels[evaluatorLabel];
