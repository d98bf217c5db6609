import { meets, parseMatcher } from '../../config/alerting/matchers';
import type { AlertmanagerFile } from '../../components/prometheus-stack/alertmanager-config';

type Labels = Readonly<Record<string, string>>;

/** What of a route tells who gets an alert. */
interface Route {
  receiver?: string;
  matchers?: readonly string[];
  continue?: boolean;
  routes?: readonly Route[];
}

/** Whether labels meet all matchers; a label that is not there is empty. */
export const matches = (matchers: readonly string[], labels: Labels): boolean =>
  matchers.every((text) => {
    const matcher = parseMatcher(text);
    if (!matcher) throw new Error(`no matcher: ${text}`);
    return meets(matcher)(labels[matcher.label] ?? '');
  });

/**
 * The receivers of an alert, as Alertmanager finds them: the deepest routes that match, the first of each
 * level and those after one with `continue`.
 */
export function receiversOf(route: Route, labels: Labels, inherited = ''): string[] {
  const receiver = route.receiver ?? inherited;
  const found: string[] = [];
  for (const child of route.routes ?? []) {
    if (!matches(child.matchers ?? [], labels)) continue;
    found.push(...receiversOf(child, labels, receiver));
    if (child.continue !== true) break;
  }
  return found.length > 0 ? found : [receiver];
}

/** Names of the receivers that tell a person: those with at least one way. */
export const tellingReceivers = ({ receivers }: Pick<AlertmanagerFile, 'receivers'>): string[] =>
  receivers.filter((receiver) => Object.keys(receiver).length > 1).map(({ name }) => name);

/** An alerting rule, as far as it says who is told and what to do. */
export interface Signal {
  alert?: string;
  labels?: Labels;
  annotations?: Labels;
}

/** Severities that people are told of, each in its way. */
const told = ['critical', 'warning', 'info'];

/** Why nobody is told of an alert, or knows what to do; by the alert. */
export function endsInNothing(file: AlertmanagerFile, signals: readonly Signal[]): string[] {
  const telling = tellingReceivers(file);
  return signals.flatMap(({ alert, labels = {}, annotations = {} }) => {
    if (alert === undefined) return [];
    const receivers = receiversOf(file.route, { ...labels, alertname: alert });
    const { severity = 'nothing' } = labels;
    return [
      ...(told.includes(severity) || severity === 'none' ? [] : [`${alert}: the severity ${severity}`]),
      ...(receivers.some((name) => telling.includes(name)) ? [] : [`${alert}: ${receivers.join(', ')}`]),
      ...(annotations['runbook_url'] === undefined ? [`${alert}: no runbook`] : []),
    ];
  });
}
