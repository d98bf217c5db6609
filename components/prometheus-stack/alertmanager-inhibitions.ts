import { monitoringNamespace } from '../foundation/namespaces';

/** While a source fires, targets with equal labels reach nobody. */
export interface Inhibition {
  source_matchers: string[];
  target_matchers: string[];
  equal?: string[];
}

/** Alerts about an edge as a whole, by their names in `observability/rules/`. */
export const edgeAlerts = ['alertname =~ "Edge.+"'];

/** The same, and what the writes of all edges follow from. */
const saidOfEdges = ['alertname =~ "Edge.+|IngestBudgetBurning"'];

/**
 * Alerts of ours that say that pods of the centre are not there, by their names in `observability/rules/`:
 * each fires before what the chart says of the same pods.
 */
const podsGone = ['ThanosDown', 'ThanosReceiveNoQuorum', 'AlertmanagerMissing'];

/**
 * What the chart says of pods that are not there, by its names, 10 minutes after the first message and later:
 * one fault would be told three and four times.
 */
export const saidOfPods = [
  'TargetDown',
  'KubePodNotReady',
  'KubePodCrashLooping',
  'KubeContainerWaiting',
  'KubeDeploymentReplicasMismatch',
  'KubeStatefulSetReplicasMismatch',
];

const named = (alerts: readonly string[]) => `alertname =~ "${alerts.join('|')}"`;

/**
 * Labels by which an alert at two severities is about the same thing: a volume that is full in four hours
 * must not silence the message about another one. Those that name a thing in alerts of two severities, ours
 * and the chart's; a label that both lack is equal. Not the windows of a burn rate, of which the worst is
 * enough.
 */
const sameThing = [
  'cluster',
  'namespace',
  'alertname',
  'part',
  'store_type',
  'certificate',
  'persistentvolumeclaim',
  'job',
  'instance',
  'device',
  'mountpoint',
];

/**
 * The first three are kube-prometheus' own with more labels that must be equal: an alert of one cluster must
 * not silence another's. The next two: what explains why edges, or one edge, seem silent says so by its label
 * `explains`, and is the one message then.
 *
 * The last: of a critical one of `podsGone` the chart's alerts of the same pods are consequences. By cluster
 * and namespace alone, since ours are of a part and the chart's of a pod, a Deployment, a job. So of another
 * pod of this namespace a warning may wait until the critical alert is over; nothing of any other does.
 */
export const inhibitions: readonly Inhibition[] = [
  {
    source_matchers: ['severity = "critical"'],
    target_matchers: ['severity =~ "warning|info"'],
    equal: sameThing,
  },
  {
    source_matchers: ['severity = "warning"'],
    target_matchers: ['severity = "info"'],
    equal: sameThing,
  },
  {
    source_matchers: ['alertname = "InfoInhibitor"'],
    target_matchers: ['severity = "info"'],
    equal: ['cluster', 'namespace'],
  },
  { source_matchers: ['explains = "edges"'], target_matchers: saidOfEdges },
  { source_matchers: ['explains = "edge"'], target_matchers: edgeAlerts, equal: ['cluster'] },
  {
    source_matchers: [named(podsGone), 'severity = "critical"'],
    target_matchers: [named(saidOfPods), `namespace = "${monitoringNamespace}"`],
    equal: ['cluster'],
  },
];
