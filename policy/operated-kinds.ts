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

export interface CustomSpec {
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

/** What the operator makes of a kind. */
export interface Made {
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

export const securityContext = {
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

export const made: Readonly<Record<string, Made>> = {
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
