import { ownReceivers } from '../../../config/alerting/receivers';
import { judged, well, wrong, type Finding, type Observation } from '../finding';

/** What became of a test alert. */
export interface TestAlertSeen {
  /** To whom its routes lead. */
  receivers: readonly string[];
  /**
   * Notifications that this Alertmanager tried since, and those that failed, by integration: also of other
   * alerts, since it does not count by alert.
   */
  sent: Readonly<Record<string, number>>;
  failed: Readonly<Record<string, number>>;
}

/** Whether a test alert was told to anybody. */
export const testAlertTold = (seen: Observation<TestAlertSeen>): Finding =>
  judged(seen, ({ receivers, sent, failed }) => {
    const people = receivers.filter((name) => name !== ownReceivers.none);
    if (people.length === 0) {
      return wrong(
        receivers.length === 0 ? 'no route has taken it in time' : 'its route leads to nobody',
        'Look at monitoring:alertmanager.receivers and routes (docs/alerting.md).',
      );
    }
    const by = (counts: Readonly<Record<string, number>>) => Object.keys(counts).join(', ');
    if (Object.keys(failed).length > 0) {
      return wrong(
        `${people.join(', ')} could not be told by ${by(failed)}`,
        "Alertmanager's log says why: docs/runbooks/AlertmanagerNotificationsFailing.md.",
      );
    }
    return Object.keys(sent).length > 0
      ? well(`${people.join(', ')} was told by ${by(sent)}; look whether it is there`)
      : wrong(
          `${people.join(', ')} was told nothing in time`,
          "Look at Alertmanager's log and at silences. A second test within groupInterval is told later.",
        );
  });
