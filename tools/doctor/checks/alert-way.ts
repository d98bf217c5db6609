import type { SecretFile } from '../../../components/prometheus-stack/alertmanager-secret-files';
import { allWell, judged, together, unknown, well, wrong, type Finding, type Observation } from '../finding';
import type { Pod } from '../objects';

/** A key that a receiver reads when it sends: the Secret, and whether the key is there with a value. */
export interface KeySeen extends SecretFile {
  there: boolean;
}

/** Whether every key that receivers read is in its Secret, and the Secret in the pods. */
export const keysMounted = (
  keys: readonly Observation<KeySeen>[],
  alertmanagers: Observation<Pod[]>,
): Finding => {
  if (keys.length === 0) return well('no receiver reads a key');
  const fix =
    'Set it with pulumi config set --secret, or put it into the Secret; then pulumi up (docs/alerting.md).';
  const each = keys.map((seen) =>
    judged(seen, ({ secretName, key, there }) =>
      there ? well(`${secretName}/${key}`) : wrong(`${secretName} has no value under ${key}`, fix),
    ),
  );
  const names = [...new Set(keys.flatMap((seen) => ('value' in seen ? seen.value.secretName : [])))];
  const mounts = judged(alertmanagers, (pods) =>
    allWell(
      pods.flatMap(({ metadata, spec }) => {
        const mounted = spec.volumes.flatMap(({ secret }) => secret?.secretName ?? []);
        return names
          .filter((name) => !mounted.includes(name))
          .map((name) => `${metadata.name} does not mount ${name}`);
      }),
      'mounted',
      'Run pulumi up on the stack.',
    ),
  );
  const all = together([...each, mounts]);
  return all.status === 'well' ? well(`${keys.length} keys are there, and mounted`) : all;
};

/** Labels of an alert that Alertmanager has. */
export type AlertLabels = Readonly<Record<string, string>>;

/**
 * Whether each evaluator's Watchdog is at each Alertmanager: then rules are evaluated, and alerts arrive.
 *
 * @param evaluators of the stack
 * @param active alerts that fire, by pod
 */
export const watchdogsArrive = (
  evaluators: readonly string[],
  active: readonly Observation<{ pod: string; alerts: readonly AlertLabels[] }>[],
): Finding => {
  if (active.length === 0) {
    return unknown({ why: 'no pod of Alertmanager was found', fix: 'Run pulumi up on the stack.' });
  }
  return together(
    active.map((one) =>
      judged(one, ({ pod, alerts }) => {
        const dogs = alerts.filter(({ alertname }) => alertname === 'Watchdog');
        const missing = evaluators.filter((name) => !dogs.some(({ evaluator }) => evaluator === name));
        const others = alerts.filter(({ severity }) => severity === 'critical' || severity === 'warning');
        return allWell(
          missing.map((name) => `${pod} has no Watchdog of ${name}`),
          `${pod} has the Watchdogs of ${evaluators.join(' and ')}, and ${others.length} alerts that fire`,
          'This evaluator evaluates nothing, or does not reach Alertmanager: docs/runbooks/Watchdog.md.',
        );
      }),
    ),
  );
};

/** Whether anybody is told: without a receiver every alert ends here. */
export const somebodyIsTold = (receivers: readonly string[], watchdogs: number): Finding =>
  receivers.length === 0
    ? wrong(
        'no receiver is configured: alerts reach nobody',
        'Write monitoring:alertmanager.receivers (docs/alerting.md).',
      )
    : well(`${receivers.join(', ')}; ${watchdogs} of 2 Watchdogs are told outside`);
