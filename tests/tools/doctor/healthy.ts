import { stringify } from 'yaml';
import { claimants, claimNames } from '../../../checks/claimants';
import { alertmanagerFile } from '../../../components/prometheus-stack/alertmanager-config';
import { hashringFile } from '../../../components/thanos/hashring';
import type { CentralConfig, StepKey } from '../../../config/central';
import { volumes } from '../../../contract/deployed-state';
import type { CentralSeen } from '../../../tools/doctor/central';
import type { NameSeen } from '../../../tools/doctor/checks/names';
import type { EdgeSeen } from '../../../tools/doctor/edge';
import {
  claimSchema,
  configMapSchema,
  podSchema,
  workloadSchema,
  type Claim,
  type Pod,
} from '../../../tools/doctor/objects';
import { charts, imageReference, images } from '../../../versions';
import { centralConfig } from '../../support/stack-configs';

export const now = new Date('2026-11-27T12:00:00Z');
export const unixNow = now.getTime() / 1000;

/** Nothing could be seen. */
export const unseen = { why: 'pods: forbidden', fix: 'Give the right.' };

const running = { type: 'Ready', status: 'True' };

export const pod = (
  name: string,
  changes: { image?: string; labels?: object; secrets?: string[] } = {},
): Pod =>
  podSchema.parse({
    metadata: { name, namespace: 'monitoring', labels: changes.labels ?? {} },
    spec: {
      nodeName: 'node-1',
      containers: [{ name: 'main', image: changes.image ?? imageReference(images.thanos) }],
      volumes: (changes.secrets ?? []).map((secretName) => ({ secret: { secretName } })),
    },
    status: {
      phase: 'Running',
      conditions: [running],
      containerStatuses: [{ name: 'main', restartCount: 0, state: { running: {} }, lastState: {} }],
    },
  });

export const workload = (name: string, replicas: number, ready = replicas, labels: object = {}) =>
  workloadSchema.parse({
    metadata: { name, namespace: 'monitoring', labels },
    spec: { replicas },
    status: { readyReplicas: ready },
  });

export const claim = (name: string, storage: string, phase = 'Bound'): Claim =>
  claimSchema.parse({
    metadata: { name, namespace: 'monitoring' },
    status: { phase, capacity: { storage } },
  });

/** A receiver by a key of the stack, and both Watchdogs to the outside. */
export const config = centralConfig({
  'alertmanager.receivers': [{ name: 'ops', slack: [{ url: { configKey: 'slack' } }] }],
  'alertmanager.default.receiver': 'ops',
  'receive.replicas': 3,
});

const statefulSets = (of: CentralConfig) => Object.values(claimants(of));

export const name = (host: string, changes: Partial<NameSeen> = {}): { value: NameSeen } => ({
  value: {
    host,
    port: 443,
    addresses: ['192.0.2.10'],
    tls: { end: new Date('2027-06-01T00:00:00Z') },
    ...changes,
  },
});

const operator = workload('kube-prometheus-stack-operator', 1, 1, {
  chart: `kube-prometheus-stack-${charts.kubePrometheusStack}`,
});

const ring = hashringFile(
  [0, 1, 2].map((i) => `thanos-receiver-${i}.thanos-receiver-headless.monitoring.svc.cluster.local:10901`),
);

const uploaders: readonly (readonly [job: string, pod: string])[] = [
  ...[0, 1, 2].map((i) => ['thanos-receiver', `thanos-receiver-${i}`] as const),
  ...[0, 1].map(
    (i) =>
      ['kube-prometheus-stack-thanos-discovery', `prometheus-kube-prometheus-stack-prometheus-${i}`] as const,
  ),
  ...[0, 1].map((i) => ['thanos-ruler', `thanos-ruler-fleet-${i}`] as const),
];

const series = (labels: Record<string, string>, value: number) => ({ labels, value });
const edges = ['cluster-02', 'cluster-03'];
const store = (at: string) => ({ name: `${at}:10901`, lastError: null });
const compactor = { job: 'thanos-compactor' };

const probeResults = [
  ...edges.map((edge) => series({ job: 'probe-edges', edge }, 1)),
  series({ job: 'probe-receive' }, 1),
  // A probe that fails is Receive's refusal.
  series({ job: 'probe-receive-refusal' }, 0),
  ...['grafana', 'thanos-query', 'thanos-receiver'].map((host) =>
    series({ job: 'probe-names', host: `${host}.monitoring.example.org` }, 1),
  ),
];

/** What is seen of a central stack with which all is well. */
export const centralSeen = (): CentralSeen => ({
  now,
  pods: { value: [pod('thanos-query-1'), pod('thanos-query-2')] },
  workloads: {
    value: [
      ...statefulSets(config).map(({ statefulSet, replicas }) => workload(statefulSet, replicas)),
      ...['thanos-query', 'thanos-query-frontend', 'thanos-receive-router'].map((each) => workload(each, 2)),
      workload('kube-prometheus-stack-grafana', 1),
      workload('blackbox-exporter', 1),
      operator,
    ],
  },
  claims: {
    value: Object.entries(volumes(config)).flatMap(([key, size]) => {
      const claimant = claimants(config)[key as StepKey];
      const names = claimant ? claimNames(claimant) : ['kube-prometheus-stack-grafana'];
      return names.map((each) => claim(each, size.kubernetes));
    }),
  },
  volumeUse: { value: [{ claim: 'data-thanos-receiver-0', capacity: 100, available: 60 }] },
  stores: {
    value: {
      sidecar: ['a', 'b'].map(store),
      receive: ['c', 'd', 'e'].map(store),
      store: [store('f')],
      rule: ['g', 'h'].map(store),
    },
  },
  ring: {
    value: configMapSchema.parse({
      metadata: { name: 'thanos-receive-hashring-rf3' },
      data: { 'hashrings.json': ring },
    }),
  },
  ringRead: { value: ['one', 'two'].map((router) => series({ pod: router }, 1)) },
  ages: { value: edges.map((cluster) => series({ cluster }, 20)) },
  lags: {
    value: edges.flatMap((cluster) =>
      ['agent-0', 'agent-1'].map((agent) => series({ cluster, pod: agent }, 5)),
    ),
  },
  uploads: { value: uploaders.map(([job, each]) => series({ job, pod: each }, unixNow - 3600)) },
  starts: {
    value: [
      ...uploaders.map(([job, each]) => series({ job, pod: each }, unixNow - 30 * 86_400)),
      series({ ...compactor, pod: 'thanos-compactor-0' }, unixNow - 30 * 86_400),
    ],
  },
  halted: { value: [series(compactor, 0)] },
  rounds: { value: [series(compactor, 144.2)] },
  todo: { value: [series(compactor, 1)] },
  probed: { value: probeResults },
  namesAnswered: { value: probeResults },
  admitted: { value: [series({ job: 'probe-receive-refusal' }, 0)] },
  made: [{ certificate: 'server thanos-receiver', end: new Date('2027-06-01T00:00:00.123Z') }],
  certificates: { value: [{ certificate: 'server thanos-receiver', end: new Date('2027-06-01T00:00:00Z') }] },
  served: { value: [{ certificate: 'server thanos-receiver', end: new Date('2027-06-01T00:00:00Z') }] },
  alertmanagers: ['am-0', 'am-1'].map((each) => ({
    value: {
      pod: each,
      original: stringify(alertmanagerFile(config.alertmanager)),
      alerts: [
        { alertname: 'Watchdog', evaluator: 'prometheus', severity: 'none' },
        { alertname: 'Watchdog', evaluator: 'ruler', severity: 'none' },
      ],
    },
  })),
  alertmanagerPods: { value: [pod('am-0', { secrets: ['alertmanager-receivers'] })] },
  keys: [{ value: { secretName: 'alertmanager-receivers', key: 'slack', there: true } }],
  grafana: {
    value: {
      datasource: {
        name: 'Thanos Query',
        url: 'http://thanos-query-frontend.monitoring.svc.cluster.local:9090',
      },
      health: { status: 'OK', message: '' },
      dashboards: 27,
    },
  },
  dashboards: {
    value: [configMapSchema.parse({ metadata: { name: 'pods' }, data: { 'pods.json': '{}' } })],
  },
  rights: ['sidecar', 'receive', 'store', 'compactor', 'ruler'].map((user) => ({
    value: { user, list: true, read: true, write: user !== 'store' },
  })),
  names: {
    grafana: name('grafana.example.org', { status: 200 }),
    query: name('thanos-query.example.org', { status: 401, statusWithLogin: 200 }),
    receive: name('thanos-receiver.example.org', { port: 19291 }),
    receiverAddress: '192.0.2.10',
  },
});

const agentSet = 'prom-agent-kube-prometheus-stack-prometheus';

/** What is seen of an edge stack with which all is well. */
export const edgeSeen = (): EdgeSeen => ({
  now,
  pods: { value: [pod(`${agentSet}-0`, { image: imageReference(images.busybox) })] },
  workloads: { value: [workload(agentSet, 2), operator] },
  claims: { value: [0, 1].map((i) => claim(`${agentSet}-db-${agentSet}-${i}`, '20Gi')) },
  volumeUse: { value: [{ claim: `${agentSet}-db-${agentSet}-0`, capacity: 10, available: 9 }] },
  agents: [0, 1].map((i) => ({
    value: {
      pod: `${agentSet}-${i}`,
      scraped: unixNow,
      sent: unixNow - 5,
      pending: 12,
      failed: 0,
      retried: 3,
    },
  })),
  identity: {
    value: {
      tenant: 'cluster-02',
      certificates: [{ certificate: 'client certificate', end: new Date('2027-06-01T00:00:00Z') }],
    },
  },
  centre: { value: { ...name('thanos-receiver.example.org', { port: 19291 }).value, accepted: 405 } },
});
