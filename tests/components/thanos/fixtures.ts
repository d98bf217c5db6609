import { Cpu, Duration, Quantity } from '../../../config/units';
import type { SecretKeyRef } from '../../../components/foundation/references';
import type { Registered } from '../../support/mocks';
import type { ThanosArgs } from '../../../components/thanos/metadata';

export const thanos: ThanosArgs = {
  namespace: 'monitoring',
  clusterDomain: 'cluster.local',
  image: 'quay.io/thanos/thanos:v0.42.4',
};

export const resources = {
  requests: { cpu: Cpu.parse('250m'), memory: Quantity.parse('1Gi') },
  limits: { cpu: Cpu.parse('1'), memory: Quantity.parse('2Gi') },
};

export const objstore: SecretKeyRef = {
  name: 'thanos-s3-config-part',
  key: 'objstore.yml',
  checksum: 'hash-of-objstore',
};

export const duration = (text: string) => Duration.parse(text);
export const quantity = (text: string) => Quantity.parse(text);

/** What selects the pods of a role. */
export const selector = (name: string, component: string) => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/component': component,
  'app.kubernetes.io/part-of': 'monitoring',
});

/** The metadata that every object of a role has. */
export const metadata = (name: string, role: Record<string, string>) => ({
  name,
  namespace: 'monitoring',
  labels: { ...role, 'app.kubernetes.io/version': 'v0.42.4', 'app.kubernetes.io/managed-by': 'pulumi' },
});

/** Types of resources as Pulumi names them. */
export const types = {
  configMap: 'kubernetes:core/v1:ConfigMap',
  deployment: 'kubernetes:apps/v1:Deployment',
  disruptionBudget: 'kubernetes:policy/v1:PodDisruptionBudget',
  password: 'random:index/randomPassword:RandomPassword',
  secret: 'kubernetes:core/v1:Secret',
  service: 'kubernetes:core/v1:Service',
  serviceMonitor: 'kubernetes:monitoring.coreos.com/v1:ServiceMonitor',
  statefulSet: 'kubernetes:apps/v1:StatefulSet',
};

/** The mount of the object store's configuration, and its volume. */
export const objstoreMount = { name: 'objstore', mountPath: '/etc/thanos/objstore', readOnly: true };
export const objstoreVolume = {
  name: 'objstore',
  secret: {
    secretName: 'thanos-s3-config-part',
    defaultMode: 0o440,
    items: [{ key: 'objstore.yml', path: 'objstore.yml' }],
  },
};
export const dataMount = { name: 'data', mountPath: '/var/thanos' };

interface Inputs {
  data: Record<string, string>;
  stringData: Record<string, string>;
  spec: object & { template: Pod };
}

interface Pod {
  metadata: { annotations: Record<string, string> };
  spec: { volumes: unknown; terminationGracePeriodSeconds: number; containers: [Container] };
}

type Container = Record<string, unknown>;

const inputs = (registered: Registered, type: string, name?: string) =>
  registered.inputs(type, name) as Inputs;

export const spec = (registered: Registered, type: string, name?: string): object =>
  inputs(registered, type, name).spec;

export const configMapData = (registered: Registered, name?: string) =>
  inputs(registered, types.configMap, name).data;

export const secretData = (registered: Registered, name: string) =>
  inputs(registered, types.secret, name).stringData;

/** The pod template of a role's workload, and its one container. */
export function podOf(
  registered: Registered,
  type: string,
): Pod['spec'] & { checksums: object; container: Container } {
  const { metadata, spec } = inputs(registered, type).spec.template;
  return { ...spec, checksums: metadata.annotations, container: spec.containers[0] };
}
