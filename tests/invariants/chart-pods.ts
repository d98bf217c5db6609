import { monitoringNamespace, nodeNamespace } from '../../components/foundation/namespaces';
import type { RegisteredResource } from '../../tools/render/registered';
import { releases, workloads } from './objects';

/** A pod of a stack as Services and network policies see it. */
export interface Pod {
  name: string;
  namespace: string;
  labels: Record<string, string>;
  /** Port numbers by name. */
  ports: Record<string, number>;
}

const operated = (name: string) => ({
  'app.kubernetes.io/name': name,
  'operator.prometheus.io/name': 'kube-prometheus-stack-prometheus',
});

const pod = (
  name: string,
  labels: Pod['labels'],
  ports: Pod['ports'],
  namespace = monitoringNamespace,
): Pod => ({
  name,
  namespace,
  labels,
  ports,
});

/**
 * What the chart makes in every stack: `helm template` of the pinned chart, and what its operator makes of
 * that.
 */
const everywhere: Pod[] = [
  pod('prometheus-operator', { app: 'kube-prometheus-stack-operator' }, { https: 10250 }),
  pod('kube-state-metrics', { 'app.kubernetes.io/name': 'kube-state-metrics' }, { http: 8080 }),
  pod('admission-create', { app: 'kube-prometheus-stack-admission-create' }, {}),
  pod('admission-patch', { app: 'kube-prometheus-stack-admission-patch' }, {}),
  pod(
    'node-exporter',
    { 'app.kubernetes.io/name': 'prometheus-node-exporter' },
    { 'http-metrics': 9100 },
    nodeNamespace,
  ),
];

const central: Pod[] = [
  pod('prometheus', operated('prometheus'), {
    'http-web': 9090,
    'reloader-web': 8080,
    grpc: 10901,
    http: 10902,
  }),
  pod(
    'alertmanager',
    { alertmanager: 'kube-prometheus-stack-alertmanager', 'app.kubernetes.io/name': 'alertmanager' },
    { 'http-web': 9093, 'mesh-tcp': 9094, 'mesh-udp': 9094, 'reloader-web': 8080 },
  ),
  pod('grafana', { 'app.kubernetes.io/name': 'grafana' }, { grafana: 3000 }),
];

const edge: Pod[] = [
  pod('prometheus-agent', operated('prometheus-agent'), { 'http-web': 9090, 'reloader-web': 8080 }),
];

/** The chart's pods of a stack; which ones, its own values tell. */
export function chartPods(resources: readonly RegisteredResource[]): Pod[] {
  const stack = releases(resources).find(({ release }) => release.name === 'kube-prometheus-stack');
  if (!stack) return [];
  const values = stack.release.values as { prometheus?: { agentMode?: boolean } };
  return [...everywhere, ...(values.prometheus?.agentMode ? edge : central)];
}

/** Every pod of a stack: of its own workloads, and the chart's. */
export const pods = (resources: readonly RegisteredResource[]): Pod[] => [
  ...workloads(resources).map(({ object: { metadata, spec } }) => {
    const ports = spec.template.spec.containers.flatMap((container) => container.ports ?? []);
    return pod(
      metadata.name,
      spec.template.metadata.labels,
      Object.fromEntries(
        ports.map(({ name, containerPort }) => [name ?? String(containerPort), containerPort]),
      ),
      metadata.namespace,
    );
  }),
  ...chartPods(resources),
];
