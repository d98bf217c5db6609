import { parse, stringify } from 'yaml';
import type { ClusterAccess } from '../../tools/kubernetes/kubeconfig';

/** What differs between a committed stack and the same stack in the sandbox. */
export interface Surroundings {
  cluster: ClusterAccess;
  /** Folder of chart archives; undefined: the registry. */
  charts: string | undefined;
  /** Host and port of MinIO. */
  objectStore: string;
}

interface StackFile {
  config: Record<string, unknown>;
  [key: string]: unknown;
}

/**
 * The sandbox's stack file: the committed one, with the cluster, charts and object store of the sandbox.
 *
 * @param committed text of the committed stack file, which is never changed
 * @param previous text of the sandbox's file as pulumi left it: its salt and its encrypted values are kept
 */
export function stackFile(committed: string, previous: string, to: Surroundings): string {
  const { config } = parse(committed) as StackFile;
  const before = (parse(previous) ?? {}) as Partial<StackFile>;
  const encrypted = Object.entries(before.config ?? {}).filter(([, value]) => isEncrypted(value));
  const cluster = { ...(config['monitoring:cluster'] as object), ...to.cluster };
  const objectStore = config['monitoring:objectStore'] as object | undefined;
  return stringify({
    ...before,
    config: {
      ...config,
      'monitoring:cluster': cluster,
      ...(objectStore && {
        'monitoring:objectStore': { ...objectStore, endpoint: to.objectStore, insecure: true },
      }),
      ...(to.charts !== undefined && { 'monitoring:charts': { directory: to.charts } }),
      ...Object.fromEntries(encrypted),
    },
  });
}

/** Whether a stack file holds an encrypted value under a key. */
export function hasSecret(text: string, key: string): boolean {
  const file = (parse(text) ?? {}) as Partial<StackFile>;
  return isEncrypted(file.config?.[key]);
}

const isEncrypted = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).join() === 'secure';
