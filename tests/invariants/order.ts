import type { Deployment, RegisteredResource } from '../../tools/render/registered';
import { named } from '../../tools/render/registered';
import { objects, ofKind, releases, workloads, type PodTemplate } from './objects';
import { secretNames } from './secrets';

/** Whether a resource waits for another. */
type Waits = (resource: RegisteredResource, other: RegisteredResource) => boolean;

/**
 * What each resource of a stack waits for: what its inputs and options name, what its parents wait for, and
 * what all of these wait for themselves. The engine creates in this order and deletes in the reverse one.
 */
export function waiting(resources: readonly RegisteredResource[]): Waits {
  const byName = new Map(resources.map((resource) => [named(resource), resource]));
  const known = new Map<string, ReadonlySet<string>>();
  const all = (name: string): ReadonlySet<string> => {
    const before = known.get(name);
    if (before) return before;
    const found = new Set<string>();
    // A circle would end here, and the engine refuses one.
    known.set(name, found);
    const { dependencies = [], parent } = byName.get(name) ?? {};
    for (const direct of dependencies) for (const each of [direct, ...all(direct)]) found.add(each);
    if (parent !== undefined) for (const each of all(parent)) found.add(each);
    return found;
  };
  return (resource, other) => all(named(resource)).has(named(other));
}

/** The pairs of which the first does not wait for the second. */
const unordered = (
  { resources }: Deployment,
  pairs: readonly (readonly [RegisteredResource, RegisteredResource])[],
): string[] => {
  const waits = waiting(resources);
  return pairs
    .filter(([later, first]) => !waits(later, first))
    .map(([later, first]) => `${named(later)} does not wait for ${named(first)}`);
};

const pairs = (later: readonly RegisteredResource[], first: readonly RegisteredResource[]) =>
  later.flatMap((a) => first.map((b) => [a, b] as const));

const release = (resources: readonly RegisteredResource[], name: string) =>
  releases(resources)
    .filter(({ release }) => release.name === name)
    .map(({ resource }) => resource);

const policies = (resources: readonly RegisteredResource[]) =>
  ofKind(resources, 'NetworkPolicy').map(({ resource }) => resource);

/** Everything that starts pods: workloads, and the chart's release. */
const startsPods = (resources: readonly RegisteredResource[]) => [
  ...workloads(resources).map(({ resource }) => resource),
  ...release(resources, 'kube-prometheus-stack'),
];

/** Objects and releases that may be created before their namespace. */
export const beforeTheirNamespace = (deployment: Deployment): string[] => {
  const { resources } = deployment;
  const inside = [
    ...objects(resources).map(({ resource, object }) => ({ resource, namespace: object.metadata.namespace })),
    ...releases(resources).map(({ resource, release: { namespace } }) => ({ resource, namespace })),
  ];
  const namespaces = ofKind(resources, 'Namespace');
  return unordered(
    deployment,
    inside.flatMap(({ resource, namespace }) =>
      namespaces
        .filter(({ object }) => object.metadata.name === namespace)
        .map(({ resource: first }) => [resource, first] as const),
    ),
  );
};

/**
 * Custom resources, and what makes some, that may be created before their definitions: the API server refuses
 * them.
 */
export const beforeTheirDefinitions = (deployment: Deployment): string[] => {
  const { resources } = deployment;
  const custom = objects(resources)
    .filter(({ object }) => object.apiVersion.startsWith('monitoring.coreos.com/'))
    .map(({ resource }) => resource);
  const later = [...custom, ...release(resources, 'kube-prometheus-stack')];
  return unordered(deployment, pairs(later, release(resources, 'prometheus-operator-crds')));
};

/** Pods that may start before the network policies: until these come, everybody reaches them. */
export const beforeTheirPolicies = (deployment: Deployment): string[] =>
  unordered(deployment, pairs(startsPods(deployment.resources), policies(deployment.resources)));

const routerFlag = '--receive.hashrings-file=';

/**
 * Routers, and the ring that they read, that may come before the ingestors: a larger ring sends samples to
 * ingestors that are not there yet.
 */
export const routersBeforeIngestors = (deployment: Deployment): string[] => {
  const { resources } = deployment;
  const receive = workloads(resources).filter(
    ({ object }) => argumentsOf(object.spec.template)[0] === 'receive',
  );
  const isRouter = ({ object }: (typeof receive)[number]) =>
    argumentsOf(object.spec.template).some((text) => text.startsWith(routerFlag));
  const rings = ofKind(resources, 'ConfigMap').filter(({ object }) => object.data?.['hashrings.json']);
  const later = [...receive.filter(isRouter), ...rings].map(({ resource }) => resource);
  const first = receive.filter((each) => !isRouter(each)).map(({ resource }) => resource);
  return unordered(deployment, pairs(later, first));
};

const argumentsOf = ({ spec }: PodTemplate): string[] => spec.containers[0]?.args ?? [];

/** Pods that may start before a Secret or ConfigMap that they read. */
export const beforeTheirFiles = (deployment: Deployment): string[] => {
  const { resources } = deployment;
  const own = workloads(resources).flatMap(({ resource, object }) => {
    const { volumes = [], containers } = object.spec.template.spec;
    const env = containers.flatMap((container) => container.env ?? []);
    const names = [
      ...volumes.map(({ secret }) => secret && `Secret ${secret.secretName}`),
      ...volumes.map(({ configMap }) => configMap && `ConfigMap ${configMap.name}`),
      ...env.map(({ valueFrom }) => valueFrom?.secretKeyRef && `Secret ${valueFrom.secretKeyRef.name}`),
    ];
    return names.filter((name) => name !== undefined).map((name) => ({ resource, name }));
  });
  const chart = releases(resources).flatMap(({ resource, release: { values } }) =>
    secretNames(values).map((name) => ({ resource, name: `Secret ${name}` })),
  );
  const files = new Map(
    objects(resources)
      .filter(({ object: { kind } }) => ['Secret', 'ConfigMap'].includes(kind))
      .map(({ resource, object: { kind, metadata } }) => [`${kind} ${metadata.name}`, resource]),
  );
  return unordered(
    deployment,
    [...own, ...chart].flatMap(({ resource, name }) => {
      const first = files.get(name);
      return first ? [[resource, first] as const] : [];
    }),
  );
};

/**
 * Secrets with a user's keys that may be there before the user has its rights: pods would be refused by the
 * bucket.
 */
export const keysBeforeRights = (deployment: Deployment): string[] => {
  const { resources } = deployment;
  const attachments = resources.filter(
    ({ type }) => type === 'minio:index/iamUserPolicyAttachment:IamUserPolicyAttachment',
  );
  const keys = ofKind(resources, 'Secret').flatMap(({ resource, object }) => {
    const text = object.stringData?.['objstore.yml'] ?? '';
    return attachments
      .filter(({ inputs }) => text.includes(`access_key: ${inputs['userName'] as string}\n`))
      .map((attachment) => [resource, attachment] as const);
  });
  return unordered(deployment, keys);
};

interface Ingress {
  tls?: { secretName: string }[];
  rules: { http: { paths: { backend: { service: { name: string } } }[] } }[];
}

/**
 * Ingresses that may come before what answers behind them, for which `up` would wait in vain, or before their
 * certificate.
 */
export const ingressesBeforeBackends = (deployment: Deployment): string[] => {
  const { resources } = deployment;
  return unordered(
    deployment,
    ofKind<Ingress>(resources, 'Ingress').flatMap(({ resource, object: { spec } }) => {
      const backends = spec.rules.flatMap(({ http }) =>
        http.paths.map(({ backend }) => backend.service.name),
      );
      const own = workloads(resources).filter(({ object }) => backends.includes(object.metadata.name));
      const chart = backends.filter((name) => name.startsWith('kube-prometheus-stack-'));
      const certificates = ofKind(resources, 'Secret').filter(({ object }) =>
        spec.tls?.some(({ secretName }) => secretName === object.metadata.name),
      );
      const first = [
        ...own.map((workload) => workload.resource),
        ...(chart.length > 0 ? release(resources, 'kube-prometheus-stack') : []),
        ...certificates.map((secret) => secret.resource),
      ];
      return pairs([resource], first);
    }),
  );
};
