import { MappingType, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { certificateEnd } from '../../../observability/rules/certificates';
import { fresh, freshFor } from '../../../observability/rules/edges';
import { runbook, to } from '../links';
import { falling, rising, zeroIsGood } from '../panel';
import { numberPanel } from '../panels';
import { chosen, countOf, firing, job, outageUsed } from '../queries';

const day = 24 * 3600;

/**
 * What is wrong is counted: alerts that wake somebody, and edges that are silent. -1 when an evaluator that
 * the stack has evaluates nothing: then nobody knows, and "nothing fires" must not look like "all is well".
 */
const wrong = `(
(count(ALERTS{alertstate="firing",severity="critical"}) or vector(0))
+
(count(${fresh} == 0) or vector(0))
)
and on ()
count(ALERTS{alertname="Watchdog",alertstate="firing",evaluator="prometheus"})
and on ()
(count(ALERTS{alertname="Watchdog",alertstate="firing",evaluator="ruler"}) or absent(up{${job.ruler}}))
or
vector(-1)`;

const well: ValueMapping[] = [
  { type: MappingType.ValueToText, options: { '0': { text: 'Yes', color: 'green' } } },
  {
    type: MappingType.ValueToText,
    options: { '-1': { text: 'Nobody knows: rules are not evaluated', color: 'red' } },
  },
  {
    type: MappingType.RangeToText,
    options: { from: 1, to: 1_000_000, result: { text: 'No', color: 'red' } },
  },
];

/** Where none fires, nobody evaluates: no number of alerts is known. */
const evaluated = 'ALERTS{alertname="Watchdog",alertstate="firing"}';

/** Samples that agents lost within an hour: refused for good, or given up before they were sent. */
const failed = `sum(increase(prometheus_remote_storage_samples_failed_total{${chosen}}[1h]))`;
const lost = `${failed}
+
(sum(increase(prometheus_remote_storage_samples_dropped_total{${chosen},reason!="dropped_series"}[1h])) or 0 * ${failed})`;

/** The line on top: whether all is well, and if not, what it is. */
export const top = [
  numberPanel(
    {
      title: 'Is all well?',
      description:
        'Of all clusters, whichever are chosen: no alert that wakes somebody fires, and every edge sends. Warnings can wait, and are counted beside it. "Nobody knows": the central Prometheus or the Ruler evaluates no rules, so that silence says nothing.',
      unit: 'none',
      mappings: well,
      thresholds: zeroIsGood(),
      links: [to('alertmanager-overview', 'Which alerts fire'), runbook('Watchdog')],
      width: 6,
    },
    [{ expr: wrong, legend: 'wrong' }],
  ),
  numberPanel(
    {
      title: 'Silent edges',
      description: `Edges whose newest sample is older than ${freshFor} s.`,
      noValue: 'unknown',
      unit: 'none',
      thresholds: zeroIsGood(),
      links: [to('edge', 'Their way to the centre'), runbook('EdgeSilent')],
      width: 3,
    },
    [{ expr: countOf(`${fresh}{${chosen}} == 0`, `${fresh}{${chosen}}`), legend: 'silent' }],
  ),
  numberPanel(
    {
      title: 'Critical alerts',
      description: 'Alerts that wake somebody: firing, with severity critical, of the chosen clusters.',
      unit: 'none',
      noValue: 'unknown',
      thresholds: zeroIsGood(),
      links: [to('alertmanager-overview', 'Which alerts fire')],
      width: 3,
    },
    [{ expr: countOf(firing('critical'), evaluated), legend: 'critical' }],
  ),
  numberPanel(
    {
      title: 'Warnings',
      description:
        'Alerts that can wait for the morning: firing, with severity warning, of the chosen clusters.',
      unit: 'none',
      noValue: 'unknown',
      thresholds: zeroIsGood('orange'),
      links: [to('alertmanager-overview', 'Which alerts fire')],
      width: 3,
    },
    [{ expr: countOf(firing('warning'), evaluated), legend: 'warning' }],
  ),
  numberPanel(
    {
      title: 'Samples lost',
      description:
        'In the last hour, samples that agents will not send again: refused for good, or too old before they were sent. What agent.keepMetrics leaves out is not counted.',
      unit: 'short',
      noValue: 'unknown',
      thresholds: zeroIsGood(),
      links: [to('edge', 'Where they were lost'), runbook('EdgeRemoteWriteFailing')],
      width: 3,
    },
    [{ expr: lost, legend: 'lost' }],
  ),
  numberPanel(
    {
      title: 'Outage used',
      description:
        'How much of the time that an edge and the centre may be apart is over, for the edge that is furthest behind. At 100 % its agents begin to lose samples.',
      unit: 'percentunit',
      decimals: 0,
      thresholds: rising(0.25, 0.75),
      links: [to('edge', 'The promise of each edge'), runbook('EdgeSilent')],
      width: 3,
      noValue: 'unknown',
    },
    [{ expr: `max(${outageUsed})`, legend: 'used' }],
  ),
  numberPanel(
    {
      title: 'Certificates',
      description: 'Until the first one ends, of all that the stack has made: servers, edges, authorities.',
      unit: 'dtdurations',
      thresholds: falling(7 * day, 30 * day),
      links: [runbook('CertificateExpiring')],
      width: 3,
    },
    [{ expr: `min(${certificateEnd}) - time()`, legend: 'ends in' }],
  ),
];
