import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiServer } from '../api-server';
import { freePort, Process } from '../processes';

/** Pods of a node and of a Deployment, as in clusters of services. */
const podsOfNode = 30;
const podsOfDeployment = 3;

/** Requests at a time. */
const atOnce = 20;

/** Scrapes before its memory is read; each makes the whole page. */
const scrapes = 10;

/**
 * Memory of kube-state-metrics by the pods of a cluster: its largest resident set after ten scrapes, and the
 * series of its page. Nodes, ReplicaSets and Deployments come with the pods.
 *
 * @param sizes numbers of pods, ascending: each is reached from the one before
 */
export async function measureKubeStateMetrics(sizes: readonly number[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kube-state-metrics-'));
  console.log(`Logs and data: ${folder}`);
  const server = await ApiServer.start(folder);
  const results: Record<string, { series: number; memory: number }> = {};
  let pods = 0;
  for (const size of sizes) {
    await fill(server, pods, size);
    pods = Math.max(pods, size);
    results[`${pods} pods`] = await measure(folder, server, pods);
  }
  console.table(results);
}

async function measure(folder: string, { kubeconfig }: ApiServer, pods: number) {
  const [port, own] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const process = await Process.start(
    'kube-state-metrics',
    'kube-state-metrics',
    [
      // Its own collectors are the chart's; of Secrets, which the stack leaves out, there are none.
      `--kubeconfig=${kubeconfig}`,
      ...['--host=127.0.0.1', `--port=${port}`, '--telemetry-host=127.0.0.1', `--telemetry-port=${own}`],
    ],
    { log: join(folder, `kube-state-metrics-${pods}.log`), ready: `${url}/healthz` },
  );
  let series = 0;
  for (let i = 0; i < scrapes; i++) {
    await sleep(3000);
    const page = await (await fetch(`${url}/metrics`)).text();
    series = page.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;
  }
  const memory = process.memory().most;
  await process.stop();
  return { series, memory };
}

/** Makes the objects from one number of pods to the next. */
async function fill(server: ApiServer, from: number, to: number): Promise<void> {
  await server.create('/api/v1/namespaces', { metadata: { name: 'shop' } });
  const numbers = Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  for (let first = 0; first < numbers.length; first += atOnce) {
    await Promise.all(numbers.slice(first, first + atOnce).map((number) => pod(server, number)));
  }
}

async function pod(server: ApiServer, number: number): Promise<void> {
  const node = `node-${Math.floor(number / podsOfNode)}.example.internal`;
  const service = `service-${Math.floor(number / podsOfDeployment)}`;
  if (number % podsOfNode === 0) await makeNode(server, node);
  if (number % podsOfDeployment === 0) await makeWorkload(server, service);
  const name = `${service}-7d9c5b8f6d-${number.toString(36).padStart(5, 'x')}`;
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${service}-7d9c5b8f6d` };
  await server.create('/api/v1/namespaces/shop/pods', {
    metadata: {
      name,
      labels: labelsOf(service),
      ownerReferences: [{ ...owner, uid: `uid-of-${service}`, controller: true }],
    },
    spec: { nodeName: node, containers: ['server', 'proxy'].map(containerNamed) },
  });
  await server.putStatus(`/api/v1/namespaces/shop/pods/${name}`, runningPod());
}

const labelsOf = (service: string) => ({
  'app.kubernetes.io/name': service,
  'app.kubernetes.io/part-of': 'shop',
  'pod-template-hash': '7d9c5b8f6d',
});

const resources = { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '256Mi' } };

const containerNamed = (name: string) => ({
  name,
  image: `registry.example.org/shop/${name}:1.2.3`,
  resources,
  env: Array.from({ length: 20 }, (_, i) => ({ name: `SETTING_${i}`, value: `value-of-setting-${i}` })),
  volumeMounts: [],
});

const runningPod = () => ({
  phase: 'Running',
  podIP: '10.0.0.1',
  hostIP: '192.0.2.1',
  startTime: '2026-01-01T00:00:00Z',
  conditions: ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map((type) => ({
    type,
    status: 'True',
    lastTransitionTime: '2026-01-01T00:00:00Z',
  })),
  containerStatuses: ['server', 'proxy'].map((name) => ({
    name,
    image: `registry.example.org/shop/${name}:1.2.3`,
    imageID: `registry.example.org/shop/${name}@sha256:${'0'.repeat(64)}`,
    containerID: `containerd://${'0'.repeat(64)}`,
    ready: true,
    started: true,
    restartCount: 0,
    state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
  })),
});

async function makeNode(server: ApiServer, name: string): Promise<void> {
  await server.create('/api/v1/nodes', { metadata: { name }, spec: {} });
  const amounts = { cpu: '16', memory: '64Gi', pods: '110', 'ephemeral-storage': '100Gi' };
  await server.putStatus(`/api/v1/nodes/${name}`, {
    capacity: amounts,
    allocatable: amounts,
    conditions: ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'].map((type) => ({
      type,
      status: type === 'Ready' ? 'True' : 'False',
    })),
  });
}

async function makeWorkload(server: ApiServer, name: string): Promise<void> {
  const labels = labelsOf(name);
  const selector = { matchLabels: { 'app.kubernetes.io/name': name } };
  const template = { metadata: { labels }, spec: { containers: [containerNamed('server')] } };
  const meta = (suffix = '') => ({ name: `${name}${suffix}`, labels });
  const apps = '/apis/apps/v1/namespaces/shop';
  const core = '/api/v1/namespaces/shop';
  await server.create(`${apps}/deployments`, {
    metadata: meta(),
    spec: { replicas: podsOfDeployment, selector, template },
  });
  // Its present one, and those that it keeps to go back to.
  for (const suffix of ['-7d9c5b8f6d', '-5f6b7c8d9e', '-6c7d8e9f0a']) {
    await server.create(`${apps}/replicasets`, {
      metadata: meta(suffix),
      spec: { replicas: 0, selector, template },
    });
  }
  await server.create(`${core}/services`, { metadata: meta(), spec: { ports: [{ port: 80 }] } });
  await server.create(`${core}/configmaps`, { metadata: meta(), data: { file: 'x'.repeat(2000) } });
}
