import { checkedConfig } from '../../checks/config';
import type { RawConfig } from '../../config/raw';
import type { CentralConfig } from '../../config/central';
import type { EdgeConfig } from '../../config/edge';
import { stackConfig } from '../../tools/render/stack-file';

type Tree = Record<string, unknown>;

/** The smallest central configuration: every key without a default, and two edges. */
const central: Tree = {
  role: 'central',
  cluster: {
    name: 'cluster-01',
    label: 'cluster-01-central',
    environment: 'production',
    context: 'cluster-01',
    server: 'https://192.0.2.1:6443',
    domain: 'monitoring.example.org',
    storageClass: 'longhorn',
  },
  edges: [{ name: 'cluster-02' }, { name: 'cluster-03' }],
  objectStore: { kind: 'minio', endpoint: 's3.example.org', bucket: 'thanos' },
};

/** The smallest edge configuration. */
const edge: Tree = {
  role: 'edge',
  cluster: {
    name: 'cluster-02',
    environment: 'production',
    context: 'cluster-02',
    server: 'https://192.0.2.2:6443',
    storageClass: 'longhorn',
  },
  central: 'organization/monitoring/cluster-01',
};

/** Changes by path, such as `{ 'prometheus.replicas': 3 }`; undefined removes the key. */
export type Changes = Readonly<Record<string, unknown>>;

export const centralRaw = (changes: Changes = {}) => raw('cluster-01', central, changes);
export const edgeRaw = (changes: Changes = {}) => raw('cluster-02', edge, changes);

export const centralConfig = (changes: Changes = {}) => checkedConfig(centralRaw(changes)) as CentralConfig;
export const edgeConfig = (changes: Changes = {}) => checkedConfig(edgeRaw(changes)) as EdgeConfig;

function raw(stack: string, base: Tree, changes: Changes): RawConfig {
  const tree = structuredClone(base);
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const parent = keys.reduce((node, key) => (node[key] ??= {}) as Tree, tree);
    parent[last] = value;
  }
  const present = Object.entries(tree).filter(([, value]) => value !== undefined);
  return stackConfig(stack, Object.fromEntries(present));
}
