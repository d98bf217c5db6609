import type { Row } from '../dashboard';
import { plannedVolume } from '../../../observability/rules/plan';
import { runbook } from '../links';
import { falling, rising } from '../panel';
import { barsPanel, curvePanel } from '../panels';
import { chosen, ours, volumeFull } from '../queries';

const claims = `${chosen},${ours}`;
const available = `kubelet_volume_stats_available_bytes{${claims}}`;
/** The volume of each claim; two scrapes of one kubelet are one. */
const ofClaim = 'max by (cluster, persistentvolumeclaim)';

const growing = `kubelet_volume_stats_available_bytes{${claims},persistentvolumeclaim!~"prom-agent-.+"}`;

/** The claims' names without the number of the pod, as the plan has them. */
const unnumbered = (expr: string) =>
  `label_replace(${expr}, "claim", "$1", "persistentvolumeclaim", "(.+)-[0-9]+")`;

/** Volumes of every cluster: how full, until when, and against the plan. */
export const volumes: Row = {
  title: 'Volumes: what is left, and until when',
  panels: [
    curvePanel(
      {
        title: 'How full is each volume?',
        description: 'Of its size. The logs of agents fill and empty by design.',
        unit: 'percentunit',
        min: 0,
        max: 1,
        thresholds: rising(0.8, 0.9),
        links: [runbook('VolumeFilling')],
        width: 12,
      },
      [
        {
          expr: `${ofClaim} (${volumeFull(claims)})`,
          legend: '{{cluster}} {{persistentvolumeclaim}}',
        },
      ],
    ),
    barsPanel(
      {
        title: 'In how many days is it full?',
        description:
          'If it goes on as in the last day. Volumes that do not grow are left out, and so are those of less than six hours, and agents’ logs: their growth says nothing.',
        unit: 'd',
        min: 0,
        max: 60,
        decimals: 1,
        thresholds: falling(4, 14),
        links: [runbook('VolumeFilling')],
        width: 12,
        noValue: 'nothing grows',
      },
      [
        {
          expr: `sort(min by (cluster, persistentvolumeclaim) (${growing} / -(deriv(${growing}[1d]) < 0)) / 86400 and on (cluster, persistentvolumeclaim) ${growing} offset 6h)`,
          legend: '{{cluster}} {{persistentvolumeclaim}}',
        },
      ],
    ),
    barsPanel(
      {
        title: 'What do the centre’s volumes hold of what was planned?',
        description:
          'Used bytes of the fullest volume against the model of capacity/. It has the worst hour in it.',
        unit: 'percentunit',
        min: 0,
        max: 1.5,
        decimals: 0,
        thresholds: rising(1, 1.3),
        links: [runbook('VolumeFilling')],
        width: 12,
      },
      [
        {
          expr: `max by (claim) (${unnumbered(`kubelet_volume_stats_used_bytes{${claims}}`)}) / on (claim) max by (claim) (${plannedVolume}{${chosen}})`,
          legend: '{{claim}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'How much room is left on each volume?',
        description: 'Bytes that can still be written.',
        unit: 'bytes',
        min: 0,
        links: [runbook('VolumeFilling')],
        width: 12,
      },
      [{ expr: `${ofClaim} (${available})`, legend: '{{cluster}} {{persistentvolumeclaim}}' }],
    ),
  ],
};
