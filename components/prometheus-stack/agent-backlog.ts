import { kubernetesResources, type Resources } from '../../config/scalars';
import type { Duration } from '../../config/units';
import { imageReference, images } from '../../versions';
import type { BacklogContainer } from './values-types';

/**
 * Seconds that an agent may be behind and still be stopped: two scrape intervals of 30 s, since the newest
 * samples are always under way. Its partner has scraped the same targets meanwhile.
 */
const usualLag = 60;

/**
 * An awk program that exits with 0 when an agent may be stopped. It reads the time, in seconds, and then the
 * agent's metrics. An agent may go when
 *
 * - everything that it has scraped has been sent, or
 * - its last success is longer ago than the promised outage: some samples are lost anyway, and evictions and
 *   updates need not wait. For one that has sent nothing, of a new edge or restarted in the outage, the time
 *   runs from the start of its process, before which it holds nothing: else it would wait for ever.
 *
 * It compares with the newest scraped sample. The usual alert takes `queue_highest_timestamp_seconds`, the
 * newest sample that the queue has read; but a full queue stops reading, and 295 s into an outage it was 7 s
 * behind (docs/outage.md). The promised time is measured by the clock, since an agent may also stop scraping.
 */
export const mayGo = (outage: Duration): string =>
  [
    'NR == 1 { now = $1 }',
    '/^process_start_time_seconds / { start = $2 }',
    '/^prometheus_remote_storage_highest_timestamp_in_seconds / { scraped = $2 }',
    '/^prometheus_remote_storage_queue_highest_sent_timestamp_seconds[{]/ { sent = $2 }',
    'END {',
    `  caughtUp = sent > 0 && scraped - sent < ${usualLag}`,
    '  since = sent > 0 ? sent : start',
    `  exit !(caughtUp || since > 0 && now - since > ${outage.seconds})`,
    '}',
  ].join('\n');

// Without wget's own time limit, `-T`, with which the busybox of some distributions crashes; the probe has
// one.
const probe = (outage: Duration): string =>
  `{ busybox date +%s; busybox wget -q -O - http://127.0.0.1:9090/metrics; } | busybox awk '${mayGo(outage)}'`;

/**
 * Makes an agent's pod Ready only while it has nothing to lose.
 *
 * An agent that restarts forgets what it has not sent (prometheus#13539), and `/-/ready` says only that it
 * runs. With this container beside it the disruption budget and rolling updates know: in an outage both
 * agents are unready, so none is evicted; an update restarts one and waits until it has caught up before it
 * takes the other.
 *
 * Prometheus' own image has no shell, hence busybox.
 *
 * @param outage the promised outage
 */
export const backlogContainer = (outage: Duration, resources: Resources): BacklogContainer => ({
  name: 'backlog',
  image: imageReference(images.busybox),
  // A shell as the first process ignores SIGTERM unless told otherwise, and would hold the pod for its whole
  // grace period.
  command: ['/bin/busybox', 'sh', '-c', 'trap "exit 0" TERM; while :; do busybox sleep 3600 & wait $!; done'],
  readinessProbe: {
    exec: { command: ['/bin/busybox', 'sh', '-c', probe(outage)] },
    periodSeconds: 10,
    timeoutSeconds: 8,
    failureThreshold: 3,
  },
  resources: kubernetesResources(resources),
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
});
