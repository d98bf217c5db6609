import { z } from 'zod';
import { certificateEnd, certificates } from '../../../observability/rules/certificates';
import { chartJobs, chartPods } from '../../../components/prometheus-stack/addresses';
import { Failure } from '../../failure';
import type { Fleet } from '../../drills/fleet';
import type { AlertFault } from '../fault';

/** The PrometheusRule of the certificates' ends. */
const rule = `prometheusrule/${certificates([]).name}`;

const deployed = z.object({
  spec: z.object({
    groups: z
      .array(
        z.object({
          rules: z.array(
            z.object({
              record: z.string().optional(),
              expr: z.string(),
              labels: z.record(z.string(), z.string()).optional(),
            }),
          ),
        }),
      )
      .min(1),
  }),
});

/** Days until the end that is put in: within the window of the warning, outside of the critical one's. */
const daysLeft = 20;

/**
 * Lets the deployed rule believe that a certificate ends soon. The certificate itself stays: what is made
 * shorter at its issuer is renewed by the next `pulumi up`, and takes the edge's connection with it.
 *
 * @param certificate its name in the output `certificates`
 * @returns what puts the real end back
 */
async function endsSoon(
  { platform: { central, namespace } }: Fleet,
  certificate: string,
): Promise<() => Promise<void>> {
  const text = await central.kubectl(['get', rule, '--output=json'], { namespace });
  const { rules } = deployed.parse(JSON.parse(text)).spec.groups[0] ?? { rules: [] };
  const at = rules.findIndex(
    ({ record, labels }) => record === certificateEnd && labels?.['certificate'] === certificate,
  );
  const before = rules[at]?.expr;
  if (before === undefined) throw new Failure(`${rule} knows no certificate "${certificate}"`);
  const path = `/spec/groups/0/rules/${at}/expr`;
  const replace = async (from: string, to: string) => {
    const patch = [
      { op: 'test', path, value: from },
      { op: 'replace', path, value: to },
    ];
    await central.kubectl(['patch', rule, '--type=json', `--patch=${JSON.stringify(patch)}`], { namespace });
  };
  const soon = `vector(${Math.floor(Date.now() / 1000) + daysLeft * 24 * 3600})`;
  await replace(before, soon);
  return () => replace(soon, before);
}

/** Seconds until the Prometheus has read a changed rule, evaluated it, and Alertmanager has told it. */
const untilTold = 6 * 60;

/** The same, and five minutes until Alertmanager looks at the group again. */
const untilEnd = 11 * 60;

/** What both faults have in common. */
const withinWindow = (certificate: string) => ({
  alert: { alertname: 'CertificateExpiring', certificate, severity: 'warning' },
  within: untilTold,
  resolvedWithin: untilEnd,
  make: (fleet: Fleet) => endsSoon(fleet, certificate),
});

export const certificateWithinWindow: AlertFault = {
  ...withinWindow('client cluster-02'),
  name: 'certificate-expiring',
  title: 'a certificate within its window',
};

/**
 * Both Alertmanagers at once: an update goes from one to the other, and that which stays knows what was told.
 * They keep it on their volumes.
 */
async function restartAlertmanagers({ platform: { central, namespace } }: Fleet): Promise<void> {
  const selector = Object.entries(chartPods.alertmanager.podLabels)
    .map(([label, value]) => `${label}=${value}`)
    .join(',');
  await central.kubectl(['delete', 'pods', `--selector=${selector}`, '--timeout=120s'], {
    namespace,
    timeout: 130,
  });
  const statefulSet = `statefulset/alertmanager-${chartJobs.alertmanager}`;
  await central.kubectl(['rollout', 'status', statefulSet, '--timeout=600s'], { namespace, timeout: 610 });
}

export const alertmanagerRestarted: AlertFault = {
  ...withinWindow('authority of servers'),
  name: 'alertmanager-restarted',
  title: 'Alertmanager restarted in the middle of an alert',
  meanwhile: restartAlertmanagers,
  // From its start 90 s until it tells anything, and five minutes until it looks at the group again.
  goesOn: 8 * 60,
};
