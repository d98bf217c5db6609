import type { AlertmanagerConfig } from '../../config/alerting/alertmanager';
import type { SecretRef } from '../../config/alerting/secrets';

/**
 * Ports that Alertmanager sends to: those of the addresses in the stack file, 443 for the services whose
 * address is fixed or secret, and what `egress` adds.
 */
export function receiverPorts({ receivers, watchdog, egress }: AlertmanagerConfig): number[] {
  const ofUrl = (url: string | SecretRef) => (typeof url === 'string' ? portOf(url) : 443);
  const fixed = receivers.flatMap(({ slack, pagerduty, msteams, opsgenie }) => [
    ...slack,
    ...pagerduty,
    ...msteams,
    ...opsgenie,
  ]);
  const addressed = [
    ...receivers.flatMap(({ webhook, incidentio }) => [...webhook, ...incidentio]),
    ...[watchdog.ruler, watchdog.prometheus].filter((address) => address !== undefined),
  ];
  const mail = receivers.flatMap(({ email }) => email);
  const ports = [
    ...fixed.map(() => 443),
    ...addressed.map(({ url }) => ofUrl(url)),
    ...mail.map(({ smarthost }) => Number(smarthost.split(':')[1])),
    ...egress,
  ];
  return [...new Set(ports)].sort((a, b) => a - b);
}

const portOf = (address: string): number => {
  const { port, protocol } = new URL(address);
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
};
