import { saidOfPods } from '../../components/prometheus-stack/alertmanager-inhibitions';
import { monitoringNamespace } from '../../components/foundation/namespaces';
import type { Inhibition, RenderedGroup } from './rendered';

type LabelSet = Readonly<Record<string, string>>;

/**
 * Alerts of the chart that inhibitions are about: the one that exists only to inhibit others, one of those
 * that it inhibits, and what it says of pods. Their rules are in the chart, and not among what is rendered;
 * `npm run check:chart` looks whether it has them.
 */
export const ofChart: readonly (LabelSet & { alertname: string })[] = [
  { alertname: 'InfoInhibitor', severity: 'none' },
  { alertname: 'CPUThrottlingHigh', severity: 'info' },
  ...saidOfPods.map((alertname) => ({ alertname, severity: 'warning', namespace: monitoringNamespace })),
];

/** Labels of every alert that may be fired, as far as the rules write them out. */
const alertsOf = (groups: readonly RenderedGroup[]): LabelSet[] => [
  ...ofChart,
  ...groups.flatMap(({ rules }) =>
    rules.flatMap(({ alert, labels }) => (alert === undefined ? [] : [{ alertname: alert, ...labels }])),
  ),
];

/**
 * Inhibitions that no alert of ours can begin or none can suffer: somebody renamed an alert or a label, and
 * one fault is told many times, or a message never comes.
 */
export function unfoundedInhibitions(
  inhibitions: readonly Inhibition[],
  groups: readonly RenderedGroup[],
): string[] {
  const alerts = alertsOf(groups);
  return inhibitions.flatMap(({ source_matchers = [], target_matchers = [] }) =>
    (
      [
        ['source', source_matchers],
        ['target', target_matchers],
      ] as const
    )
      .flatMap(([side, matchers]) => eachName(matchers).map((one) => [side, one] as const))
      .filter(([, matchers]) => !alerts.some((labels) => matchers.every((text) => matches(text, labels))))
      .map(([side, matchers]) => `no alert matches the ${side} ${matchers.join(', ')}`),
  );
}

/** A list of alerts' names as one matcher is as many: each must be there. */
function eachName(matchers: readonly string[]): string[][] {
  const list = /^alertname =~ "(\w+(?:\|\w+)+)"$/;
  const names = matchers.flatMap((matcher) => list.exec(matcher)?.[1]?.split('|') ?? []);
  if (names.length === 0) return [[...matchers]];
  return names.map((name) =>
    matchers.map((matcher) => (list.test(matcher) ? `alertname = "${name}"` : matcher)),
  );
}

/** @throws Error when a matcher is none */
function matches(matcher: string, labels: LabelSet): boolean {
  const [, name = '', operator, value = ''] =
    /^\s*([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*"?(.*?)"?\s*$/.exec(matcher) ?? [];
  const label = labels[name] ?? '';
  const pattern = new RegExp(`^(?:${value})$`);
  switch (operator) {
    case '=':
      return label === value;
    case '!=':
      return label !== value;
    case '=~':
      return pattern.test(label);
    case '!~':
      return !pattern.test(label);
    default:
      throw new Error(`${matcher}: no matcher`);
  }
}
