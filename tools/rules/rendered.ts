import { parseAllDocuments } from 'yaml';
import { evaluatorLabel } from '../../components/prometheus-stack/prometheus-rules';
import type { RuleGroup } from '../../observability/rules/rule-group';

/** A rule as it is deployed. */
export interface RenderedRule {
  alert?: string;
  record?: string;
  expr: string;
  for?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

/** A group of a deployed PrometheusRule. */
export interface RenderedGroup {
  name: string;
  evaluator: RuleGroup['evaluator'];
  interval?: string;
  rules: RenderedRule[];
}

/** An inhibition of Alertmanager's configuration as it is deployed. */
export interface Inhibition {
  source_matchers?: string[];
  target_matchers?: string[];
  equal?: string[];
}

/** What a rendered stack says about alerts. */
export interface RenderedAlerting {
  groups: RenderedGroup[];
  inhibitions: Inhibition[];
  /** Of the central Prometheus, as a Prometheus duration. */
  scrapeInterval: string;
  /** Value of the label `cluster` of the central cluster's own samples. */
  centre: string;
}

interface RenderedResource {
  inputs?: {
    kind?: string;
    metadata?: { labels?: Record<string, string> };
    spec?: { groups?: Omit<RenderedGroup, 'evaluator'>[] };
    values?: {
      alertmanager?: { config?: { inhibit_rules?: Inhibition[] } };
      prometheus?: { prometheusSpec?: { scrapeInterval?: string; externalLabels?: { cluster?: string } } };
    };
  };
}

/**
 * Reads what a central stack would deploy, from the text that `npm run render` makes of it: the objects, and
 * not the sources that they are made from. A rule that is written and not deployed is no rule.
 *
 * @throws Error when the text is of no central stack with rules
 */
export function renderedAlerting(text: string): RenderedAlerting {
  const inputs = parseAllDocuments(text).flatMap(
    (document) => (document.toJS() as RenderedResource | null)?.inputs ?? [],
  );
  const groups = inputs
    .filter(({ kind }) => kind === 'PrometheusRule')
    .flatMap(({ metadata, spec }) =>
      (spec?.groups ?? []).map((group) => ({
        ...group,
        evaluator:
          metadata?.labels?.[evaluatorLabel] === 'prometheus' ? ('prometheus' as const) : ('ruler' as const),
      })),
    );
  const values = inputs.find((each) => each.values?.prometheus?.prometheusSpec)?.values;
  const { scrapeInterval, externalLabels } = values?.prometheus?.prometheusSpec ?? {};
  const centre = externalLabels?.cluster;
  if (groups.length === 0 || scrapeInterval === undefined || centre === undefined) {
    throw new Error(
      'no central stack: it has no PrometheusRule, or no Prometheus with a scrape interval and a cluster',
    );
  }
  return { groups, inhibitions: values?.alertmanager?.config?.inhibit_rules ?? [], scrapeInterval, centre };
}
