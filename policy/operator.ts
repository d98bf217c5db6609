import type { Manifest } from './manifest';
import type { Container, PodSpec } from './pod';

/*
 * What Prometheus' operator makes of its custom resources, as far as a policy looks at it: their pods stand
 * in no template. Read in the operator's source, 0.93.0 (pkg/prometheus/server/statefulset.go, .../agent/,
 * pkg/alertmanager/, pkg/thanos/, pkg/operator/config_reloader.go). What it adds by itself:
 *
 * - each container of its own may not gain privileges, has no capability and a read-only root filesystem; all
 *   else of the pod's security is the custom resource's `securityContext`;
 * - a config-reloader, also as an init container (but not beside ThanosRuler), with the image and resources
 *   that the operator was started with, and without probes;
 * - probes for Prometheus and Alertmanager, none for ThanosRuler and the sidecar;
 * - labels, which win over those of `podMetadata`;
 * - the sidecar's access to the bucket as an environment variable, where the resource names a Secret;
 * - no policy for the claims of its StatefulSet, so that Kubernetes keeps them.
 */

/** What the operator is started with. */
export interface ConfigReloader {
  image: string;
  resources: Container['resources'];
}

interface CustomSpec {
  image?: string;
  replicas?: number;
  serviceName?: string;
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
  hostNetwork?: boolean;
  portName?: string;
  podMetadata?: { labels?: Record<string, string>; annotations?: Record<string, string> };
  securityContext?: PodSpec['securityContext'];
  resources?: Container['resources'];
  containers?: Container[];
  initContainers?: Container[];
  volumes?: PodSpec['volumes'];
  secrets?: string[];
  objectStorageConfig?: { name: string; key: string };
  persistentVolumeClaimRetentionPolicy?: object;
  storage?: { volumeClaimTemplate?: { metadata?: { name?: string } } };
  thanos?: {
    image?: string;
    resources?: Container['resources'];
    objectStorageConfig?: { name: string; key: string };
    objectStorageConfigFile?: string;
  };
}

interface Made {
  /** Name of the StatefulSet, before that of the custom resource. */
  prefix: string;
  governingService: string;
  labels: (name: string) => Record<string, string>;
  containers: (spec: CustomSpec) => Container[];
  /** Whether it also has the reloader as an init container. */
  initReloader: boolean;
  /** Whether its pods have a token unless the resource says otherwise. */
  token: boolean;
}

const securityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

const named = (name: string) => ({
  'app.kubernetes.io/managed-by': 'prometheus-operator',
  'app.kubernetes.io/name': name,
});

const http = (path: string, port: string) => ({ httpGet: { path, port } });

const container = (name: string, image: string | undefined, more: Partial<Container>): Container => ({
  name,
  ...(image !== undefined && { image }),
  securityContext,
  ...more,
});

const prometheus = ({ image, resources, portName = 'web' }: CustomSpec): Container =>
  container('prometheus', image, {
    ports: [{ name: portName, containerPort: 9090 }],
    startupProbe: http('/-/ready', portName),
    readinessProbe: http('/-/ready', portName),
    livenessProbe: http('/-/healthy', portName),
    ...(resources && { resources }),
  });

const sidecar = ({ thanos }: CustomSpec): Container[] => {
  if (!thanos) return [];
  const { image, resources, objectStorageConfig, objectStorageConfigFile } = thanos;
  const environment = objectStorageConfig && objectStorageConfigFile === undefined;
  return [
    container('thanos-sidecar', image, {
      ports: [
        { name: 'http', containerPort: 10902 },
        { name: 'grpc', containerPort: 10901 },
      ],
      ...(environment && {
        env: [{ name: 'OBJSTORE_CONFIG', valueFrom: { secretKeyRef: objectStorageConfig } }],
      }),
      ...(resources && { resources }),
    }),
  ];
};

const made: Readonly<Record<string, Made>> = {
  Prometheus: {
    prefix: 'prometheus-',
    governingService: 'prometheus-operated',
    labels: (name) => ({
      ...named('prometheus'),
      'app.kubernetes.io/instance': name,
      'operator.prometheus.io/name': name,
      prometheus: name,
    }),
    containers: (spec) => [prometheus(spec), ...sidecar(spec)],
    initReloader: true,
    token: true,
  },
  PrometheusAgent: {
    prefix: 'prom-agent-',
    governingService: 'prometheus-agent-operated',
    labels: (name) => ({
      ...named('prometheus-agent'),
      'app.kubernetes.io/instance': name,
      'operator.prometheus.io/name': name,
    }),
    containers: (spec) => [prometheus(spec)],
    initReloader: true,
    token: true,
  },
  Alertmanager: {
    prefix: 'alertmanager-',
    governingService: 'alertmanager-operated',
    labels: (name) => ({
      ...named('alertmanager'),
      'app.kubernetes.io/instance': name,
      alertmanager: name,
    }),
    containers: ({ image, resources, portName = 'web' }) => [
      container('alertmanager', image, {
        ports: [
          { name: portName, containerPort: 9093 },
          { name: 'mesh-tcp', containerPort: 9094 },
          { name: 'mesh-udp', containerPort: 9094, protocol: 'UDP' },
        ],
        readinessProbe: http('/-/ready', portName),
        livenessProbe: http('/-/healthy', portName),
        ...(resources && { resources }),
      }),
    ],
    initReloader: true,
    token: false,
  },
  ThanosRuler: {
    prefix: 'thanos-ruler-',
    governingService: 'thanos-ruler-operated',
    labels: (name) => ({
      ...named('thanos-ruler'),
      'app.kubernetes.io/instance': name,
      'thanos-ruler': name,
    }),
    containers: ({ image, resources, portName = 'web' }) => [
      container('thanos-ruler', image, {
        ports: [
          { name: 'grpc', containerPort: 10901 },
          { name: portName, containerPort: 10902 },
        ],
        ...(resources && { resources }),
      }),
    ],
    initReloader: false,
    token: false,
  },
};

/**
 * The StatefulSet that the operator makes of a custom resource; undefined for any other manifest.
 *
 * @param reloader left out of the pod where it is not known
 */
export function operatedStatefulSet(manifest: Manifest, reloader?: ConfigReloader): Manifest | undefined {
  const kind = made[manifest.kind];
  if (!kind || !manifest.apiVersion.startsWith('monitoring.coreos.com/')) return undefined;
  const { name, namespace } = manifest.metadata;
  const spec = (manifest.spec ?? {}) as CustomSpec;
  const labels = { ...spec.podMetadata?.labels, ...kind.labels(name) };
  const beside = (container: string, port: { name: string; containerPort: number }): Container[] =>
    reloader ? [{ name: container, ...reloader, securityContext, ports: [port] }] : [];
  const init = kind.initReloader
    ? beside('init-config-reloader', { name: 'reloader-init', containerPort: 8081 })
    : [];
  const own = [
    ...kind.containers(spec),
    ...beside('config-reloader', { name: 'reloader-web', containerPort: 8080 }),
  ];
  const statefulSet = `${kind.prefix}${name}`;
  const claim = spec.storage?.volumeClaimTemplate;
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: statefulSet, ...(namespace !== undefined && { namespace }) },
    spec: {
      replicas: spec.replicas ?? 1,
      serviceName: spec.serviceName ?? kind.governingService,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations: { ...spec.podMetadata?.annotations } },
        spec: {
          ...(spec.serviceAccountName !== undefined && { serviceAccountName: spec.serviceAccountName }),
          ...tokenOf(kind, spec),
          ...(spec.hostNetwork !== undefined && { hostNetwork: spec.hostNetwork }),
          ...(spec.securityContext && { securityContext: spec.securityContext }),
          initContainers: merged(init, spec.initContainers),
          containers: merged(own, spec.containers),
          volumes: [...(spec.volumes ?? []), ...secretVolumes(spec)],
        } satisfies PodSpec,
      },
      ...(claim && {
        volumeClaimTemplates: [{ ...claim, metadata: { name: `${statefulSet}-db`, ...claim.metadata } }],
      }),
      persistentVolumeClaimRetentionPolicy: {
        whenDeleted: 'Retain',
        whenScaled: 'Retain',
        ...spec.persistentVolumeClaimRetentionPolicy,
      },
    },
  };
}

const tokenOf = ({ token }: Made, { automountServiceAccountToken: said }: CustomSpec) => {
  const mounted = said ?? (token ? true : undefined);
  return mounted === undefined ? {} : { automountServiceAccountToken: mounted };
};

const secretVolumes = ({ secrets = [], objectStorageConfig }: CustomSpec) => [
  ...secrets.map((secretName) => ({ name: `secret-${secretName}`, secret: { secretName } })),
  ...(objectStorageConfig
    ? [{ name: objectStorageVolume, secret: { secretName: objectStorageConfig.name } }]
    : []),
];

/** Name of the volume in which ThanosRuler finds its objstore.yml. */
export const objectStorageVolume = 'objstorage-config';

/** A custom resource's containers over the operator's, those of one name as one, as in a strategic merge. */
function merged(own: Container[], given: Container[] = []): Container[] {
  const names = own.map(({ name }) => name);
  return [
    ...own.map((mine) => over(mine, given.find(({ name }) => name === mine.name) ?? {}) as Container),
    ...given.filter(({ name }) => !names.includes(name)),
  ];
}

function over(below: unknown, above: unknown): unknown {
  if (Array.isArray(below) && Array.isArray(above)) {
    const key = (entry: unknown) => (entry as { name?: string } | null)?.name;
    const replaced = below.map(
      (entry: unknown) =>
        (above as unknown[]).find((other) => key(other) !== undefined && key(other) === key(entry)) ?? entry,
    );
    return [...replaced, ...(above as unknown[]).filter((entry) => !replaced.includes(entry))];
  }
  if (!isMap(below) || !isMap(above)) return above;
  const keys = [...new Set([...Object.keys(below), ...Object.keys(above)])];
  return Object.fromEntries(
    keys.map((key) => [
      key,
      key in above ? (key in below ? over(below[key], above[key]) : above[key]) : below[key],
    ]),
  );
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the operator's Deployment says of the reloader in its arguments. */
export function reloaderOf(manifests: readonly Manifest[]): ConfigReloader | undefined {
  const args = manifests
    .filter(({ kind }) => kind === 'Deployment')
    .flatMap(({ spec }) => (spec as { template: { spec: PodSpec } }).template.spec.containers)
    .flatMap((operator) => operator.args ?? []);
  const value = (flag: string) => args.find((arg) => arg.startsWith(`--${flag}=`))?.slice(flag.length + 3);
  const image = value('prometheus-config-reloader');
  if (image === undefined) return undefined;
  const amounts = (of: 'request' | 'limit') =>
    Object.fromEntries(
      ['cpu', 'memory'].flatMap((resource) => {
        const amount = value(`config-reloader-${resource}-${of}`);
        // The operator takes 0 for no amount at all.
        return amount === undefined || amount === '0' ? [] : [[resource, amount]];
      }),
    );
  return { image, resources: { requests: amounts('request'), limits: amounts('limit') } };
}
