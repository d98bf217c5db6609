import { apiServerPort } from '../../config/cluster';
import type { CentralConfig } from '../../config/central';
import type { EdgeConfig } from '../../config/edge';
import { selects, workloads } from '../../policy/workloads';
import { recordedPods } from '../../tools/policy/chart-pods';
import { manifestsOf, releasesIn } from '../../tools/policy/manifests';
import type { Deployment, Plain } from '../../tools/render/registered';
import { ofKind } from './objects';

/*
 * What rendered objects say of a cluster beyond what the stack makes in it: who is named in policies, and
 * which ports, addresses, namespaces, hosts, registries, classes and foreign annotations stand in objects and
 * Helm values. Each as a line, for comparison with the configuration and with the list of assumptions.
 */

interface Selector {
  matchLabels?: Record<string, string>;
}
interface Peer {
  podSelector?: Selector;
  namespaceSelector?: Selector;
  ipBlock?: { cidr: string };
}
interface Rule {
  from?: Peer[];
  to?: Peer[];
  ports?: { port: number | string }[];
}
interface Policy {
  podSelector: Selector;
  ingress?: Rule[];
  egress?: Rule[];
}

const labels = ({ matchLabels = {} }: Selector) =>
  Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);

const peerLines = ({ podSelector, namespaceSelector, ipBlock }: Peer): string[] => [
  ...(ipBlock ? [`network ${ipBlock.cidr}`] : []),
  ...(namespaceSelector ? labels(namespaceSelector).map((label) => `namespaces of ${label}`) : []),
  ...(podSelector ? labels(podSelector).map((label) => `pods of ${label}`) : []),
];

/** Peers that are no pods of the stack, and ports by which a policy lets out to them or in from anywhere. */
export const outsidePeers = (deployment: Deployment): string[] => {
  const ours = manifestsOf(deployment);
  const own = [...workloads(ours), ...recordedPods(releasesIn(ours)).pods];
  return ofKind<Policy>(deployment.resources, 'NetworkPolicy').flatMap(({ object }) => {
    const { name, namespace } = object.metadata;
    const isOwn = ({ podSelector, namespaceSelector }: Peer) =>
      podSelector !== undefined &&
      namespaceSelector === undefined &&
      own.some((pod) => pod.namespace === namespace && selects(podSelector, pod.labels));
    const lines = (rule: Rule, peers: Peer[] | undefined, opening: (port: string) => string) => {
      const others = (peers ?? []).filter((peer) => !isOwn(peer));
      if (peers !== undefined && others.length === 0) return [];
      const ports = rule.ports?.map(({ port }) => String(port)) ?? ['any'];
      return [
        ...others.flatMap(peerLines),
        ...ports.map((port) => (peers === undefined ? opening(port) : `port ${port} of others`)),
      ];
    };
    return [
      ...(object.spec.ingress ?? []).flatMap((rule) =>
        lines(rule, rule.from, (port) => `anywhere to ${name}: ${port}`),
      ),
      ...(object.spec.egress ?? []).flatMap((rule) =>
        lines(rule, rule.to, (port) => `${name} to anywhere: ${port}`),
      ),
    ];
  });
};

/** Every leaf with the names of the keys around it, and every key. */
function* leaves(
  node: Plain,
  path: readonly string[] = [],
): Generator<{ path: readonly string[]; leaf?: string }> {
  if (typeof node === 'string') yield { path, leaf: node };
  else if (Array.isArray(node)) for (const inner of node) yield* leaves(inner, path);
  else if (typeof node === 'object' && node !== null) {
    for (const [key, inner] of Object.entries(node)) {
      yield { path: [...path, key] };
      yield* leaves(inner, [...path, key]);
    }
  }
}

/** Rules and dashboards: their labels are of series, and the chart's or ours to know. */
const isQuery = (path: readonly string[]) => path.some((key) => key === 'expr' || key.endsWith('.json'));

const addresses = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?![\d.])/g;
/** Hosts of URLs, of Thanos' SRV names, and of Services anywhere; those below `.invalid` are nobody's. */
const hosts = /(?<=[a-z]:\/\/|dnssrv\+)(?!https?:)[\w.-]+|[\w-]+(?:\.[\w-]+)+\.svc(?:\.[\w.-]+)?/g;

function linesOfLeaf(path: readonly string[], leaf: string): string[] {
  const key = path.at(-1) ?? '';
  if (isQuery(path)) return [];
  const image = /^([\w.-]+)\/.+:[\w.-]+$/.exec(leaf)?.[1];
  return [
    ...Array.from(leaf.matchAll(addresses), ([address]) => `address ${address}`),
    ...Array.from(leaf.matchAll(hosts), ([host]) => `host ${host.replace(/^_[\w-]+\._tcp\./, '')}`).filter(
      (line) => !/^host ([\d.]+|.*\.invalid)$/.test(line),
    ),
    ...(key === 'image' && image !== undefined ? [`images of ${image}`] : []),
    ...(/namespace(Override|s|)$|matchNames/i.test(key) ? [`namespace ${leaf}`] : []),
    ...(/className$|storageClass/i.test(key) ? [`class ${leaf}`] : []),
    ...(key === 'topologyKey' ? [`key ${leaf}`] : []),
  ];
}

/** Keys of annotations and labels that somebody else reads: those with a domain before a slash. */
const linesOfKey = (key: string): string[] => (/^[\w-]+(\.[\w-]+)+\//.test(key) ? [`key ${key}`] : []);

/** What stands in objects and Helm values. */
export const outsideFacts = ({ resources }: Deployment): string[] =>
  resources
    .filter(({ type }) => type.startsWith('kubernetes:'))
    .flatMap(({ inputs }) =>
      Array.from(leaves(inputs)).flatMap(({ path, leaf }) =>
        leaf === undefined ? linesOfKey(path.at(-1) ?? '') : linesOfLeaf(path, leaf),
      ),
    );

/** What the configuration says, in the same lines. */
export function configured(config: CentralConfig | EdgeConfig): (line: string) => boolean {
  const plain = JSON.parse(JSON.stringify(config)) as Plain;
  const texts: string[] = [];
  const keys: string[] = [];
  for (const { path, leaf } of leaves(plain)) {
    if (leaf === undefined) keys.push(path.at(-1) ?? '');
    else texts.push(leaf);
  }
  const { networkPolicies, cluster } = config;
  const outside = 'egress' in networkPolicies ? networkPolicies.egress : [];
  const peers = [...networkPolicies.dns.to, ...outside.flatMap(({ to }) => to ?? [])];
  const ports = [...networkPolicies.dns.ports, ...outside.flatMap((out) => out.ports)];
  const known = new Set([
    ...peers.flatMap(({ cidr, podLabels, namespaceLabels }) => [
      ...(cidr === undefined ? [] : [`network ${cidr}`, `address ${cidr}`]),
      ...labels({ matchLabels: podLabels ?? {} }).map((label) => `pods of ${label}`),
      ...labels({ matchLabels: namespaceLabels ?? {} }).map((label) => `namespaces of ${label}`),
    ]),
    ...ports.map((port) => `port ${port} of others`),
    ...texts.flatMap((text) => [`address ${text}`, `class ${text}`, `namespace ${text}`, `host ${text}`]),
    ...keys.map((key) => `key ${key}`),
  ]);
  // Ports to anywhere of whom the configuration names an address: of each the same, so that a constant that
  // happens to be another's port is still found.
  const api = [apiServerPort(cluster), ...networkPolicies.apiServerPorts].map(String);
  const clients =
    /^(prometheus-operator|kube-state-metrics|admission-create|admission-patch|grafana) to anywhere: (\d+)$/;
  const listed = new Set(
    outside.flatMap((out) => out.ports.map((port) => `${out.from} to anywhere: ${port}`)),
  );
  const central = config.role === 'central' ? config : undefined;
  const store = central && (/:(\d+)$/.exec(central.objectStore.endpoint)?.[1] ?? '443');
  const buckets = /^thanos-(receiver|store|compactor|ruler) to anywhere: (\d+)$/;
  const egress = (from: string, allowed: readonly number[] = []) =>
    new Set(allowed.map((port) => `${from} to anywhere: ${port}`));
  const further = new Set([
    ...egress('alertmanager', central?.alertmanager.egress),
    ...egress('blackbox-exporter', central?.blackboxExporter.egress),
  ]);
  return (line) =>
    known.has(line) ||
    listed.has(line) ||
    further.has(line) ||
    api.includes(clients.exec(line)?.[2] ?? '') ||
    (store !== undefined && buckets.exec(line)?.[2] === store) ||
    (central !== undefined && line.startsWith('host ') && line.endsWith(`.${central.cluster.domain}`));
}

/** Whether a line is of what stacks make: this one's namespaces and Services, and what an edge writes to. */
export function own({ resources, outputs }: Deployment, clusterDomain: string): (line: string) => boolean {
  const { remoteWriteUrl } = outputs.value as { remoteWriteUrl: string };
  const receiver = `host ${new URL(remoteWriteUrl).hostname}`;
  const namespaces = ofKind(resources, 'Namespace').map(({ object }) => object.metadata.name);
  const inside = namespaces.flatMap((namespace) => [
    `.${namespace}.svc`,
    `.${namespace}.svc.${clusterDomain}`,
  ]);
  return (line) =>
    line === receiver ||
    namespaces.some((namespace) => line === `namespace ${namespace}`) ||
    (line.startsWith('host ') && inside.some((end) => line.endsWith(end)));
}
