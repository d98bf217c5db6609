import type { Exemption } from './judge';

/** An exemption, and who makes the object: what a chart makes is not there where the chart is not. */
export interface OwnedExemption extends Exemption {
  of: 'ours' | 'chart';
}

const exporter = 'DaemonSet monitoring-node/kube-prometheus-stack-prometheus-node-exporter';
const grafana = 'Deployment monitoring/kube-prometheus-stack-grafana';
const pod = 'spec.template.spec';

/** The same for several fields of one object. */
const fields = (of: OwnedExemption['of'], policy: string, object: string, names: string[], reason: string) =>
  names.map((field): OwnedExemption => ({ of, policy, object, field, reason }));

const onTheNode = fields(
  'chart',
  'pod-restricted',
  exporter,
  [`${pod}.hostNetwork`, `${pod}.hostPID`, `${pod}.volumes`],
  'It measures the node: its network, processes and file systems, which it mounts read-only. It runs as nobody, ' +
    'without capabilities, and alone in its namespace.',
);

const operatorRights = fields(
  'chart',
  'cluster-rights',
  'ClusterRole kube-prometheus-stack-operator',
  ['rules[alertmanagers]', 'rules[statefulsets]', 'rules[configmaps]'],
  'The chart has no value that narrows them. Who writes a ServiceMonitor in any namespace may name a Secret there, so ' +
    'the operator reads and copies them; its pod is restricted, and of its ports only the one of its webhook is open.',
);

const grafanaPasswords = [
  ...fields(
    'chart',
    'secret-in-environment',
    grafana,
    ['GF_SECURITY_ADMIN_USER', 'GF_SECURITY_ADMIN_PASSWORD'].map(
      (name) => `${pod}.containers[grafana].env[${name}]`,
    ),
    "The chart hands them over so; with its `__FILE` variables Grafana's own start script makes them environment, too. " +
      'They count at the first start only.',
  ),
  ...fields(
    'chart',
    'secret-in-environment',
    grafana,
    ['THANOS_QUERY_USER', 'THANOS_QUERY_PASSWORD'].map((name) => `${pod}.containers[grafana].env[${name}]`),
    'The provisioned datasource stands in a ConfigMap and names them as variables; the pod restarts by a checksum when ' +
      'they change.',
  ),
  ...fields(
    'chart',
    'secret-in-environment',
    grafana,
    ['REQ_USERNAME', 'REQ_PASSWORD'].map(
      (name) => `${pod}.initContainers[grafana-init-sc-datasources].env[${name}]`,
    ),
    "The chart's init sidecar gets them even with skipReload, where it asks Grafana for nothing; what takes them away " +
      'also takes the password from Grafana.',
  ),
];

const operated = `StatefulSet.${pod}.containers`;

const reloader = (of: OwnedExemption['of'], object: string): OwnedExemption => ({
  of,
  policy: 'serving-probed',
  object,
  field: `${operated}[config-reloader]`,
  reason:
    'Its port serves its own metrics alone. The operator gives it probes only with a timeout of 1 s that nobody can ' +
    'change, on a page that answers whatever it reloads, and an unready reloader would take the pod out of its Services.',
});

export const exemptions: readonly OwnedExemption[] = [
  {
    of: 'ours',
    policy: 'namespace-restricted',
    object: 'Namespace monitoring-node',
    field: '',
    reason:
      'It holds node-exporter alone, which needs the network, processes and files of its node. What it need not have is ' +
      'refused by pod-restricted.',
  },
  ...onTheNode,
  {
    of: 'chart',
    policy: 'exposed-by-name',
    object: exporter,
    field: `${pod}.containers[node-exporter].ports[http-metrics]`,
    reason:
      'On the network of its node its port is one of the node, where no network policy applies. It answers metrics ' +
      'only; who may reach the nodes is for their firewall to say.',
  },
  ...operatorRights,
  ...grafanaPasswords,
  reloader('ours', 'ThanosRuler monitoring/fleet'),
  reloader('chart', 'Alertmanager monitoring/kube-prometheus-stack-alertmanager'),
  reloader('chart', 'Prometheus monitoring/kube-prometheus-stack-prometheus'),
  reloader('chart', 'PrometheusAgent monitoring/kube-prometheus-stack-prometheus'),
  {
    of: 'chart',
    policy: 'serving-probed',
    object: 'Prometheus monitoring/kube-prometheus-stack-prometheus',
    field: `${operated}[thanos-sidecar]`,
    reason:
      'It shares its pod with Prometheus: a sidecar that is unready would take Prometheus out of its Services, and rules ' +
      'and the routers need that. Query leaves out one that does not answer, and ThanosDown says so.',
  },
];
