import { parse, stringify } from 'yaml';
import { centralSchema } from '../config/central.js';
import { edgeSchema } from '../config/edge.js';
import type { ClusterAccess } from '../sandbox/kubeconfig.js';

/** What a test changes in a committed stack; everything else stays as committed. */
export interface Surroundings {
  cluster: ClusterAccess;
  storageClass: string | undefined;
  /** Only of a central stack. */
  domain?: string | undefined;
  ingressClass?: string | undefined;
  objectStore?: { endpoint: string; insecure: boolean; bucket: string };
}

interface StackFile {
  config: Record<string, unknown>;
  [key: string]: unknown;
}

/**
 * What each container asks of its node. Two clusters may share a small machine; limits stay as committed, and capacity
 * follows from those.
 */
const requests = { cpu: '10m', memory: '32Mi' };

const namespace = 'monitoring:';

/**
 * The stack file of a test.
 *
 * @param committed text of the committed stack file
 * @param previous text of the test's own file as pulumi left it: its salt and its encrypted values are kept
 */
export function stackFile(committed: string, previous: string, to: Surroundings): string {
  const { config } = parse(committed) as StackFile;
  const before = (parse(previous) ?? {}) as Partial<StackFile>;
  const encrypted = Object.entries(before.config ?? {}).filter(([, value]) => isEncrypted(value));
  const own = Object.fromEntries(
    Object.entries(config)
      .filter(([key]) => key.startsWith(namespace))
      .map(([key, value]) => [key.slice(namespace.length), value]),
  );
  const changed = merged(merged(own, smallRequests(own)), overrides(to)) as Record<string, unknown>;
  delete (changed['receive'] as { loadBalancer?: { address?: string } } | undefined)?.loadBalancer?.address;
  return stringify({
    ...before,
    config: {
      ...config,
      ...Object.fromEntries(Object.entries(changed).map(([key, value]) => [namespace + key, value])),
      ...Object.fromEntries(encrypted),
    },
  });
}

/** Whether a stack file holds an encrypted value under a key. */
export function hasSecret(text: string, key: string): boolean {
  return isEncrypted(((parse(text) ?? {}) as Partial<StackFile>).config?.[key]);
}

const overrides = ({ cluster, storageClass, domain, ingressClass, objectStore }: Surroundings): object => ({
  cluster: { ...cluster, ...(storageClass && { storageClass }), ...(domain && { domain }) },
  ...(ingressClass && { ingress: { className: ingressClass } }),
  ...(objectStore && { objectStore }),
});

/** `requests` at every place of the configuration that has them. */
function smallRequests(own: Record<string, unknown>): object {
  const schema = own['role'] === 'central' ? centralSchema : edgeSchema;
  return withRequests(schema.parse(own)) ?? {};
}

function withRequests(value: unknown): object | undefined {
  if (!isObject(value)) return undefined;
  if ('requests' in value && 'limits' in value) return { requests };
  const inner = Object.entries(value)
    .map(([key, one]) => [key, withRequests(one)] as const)
    .filter(([, one]) => one !== undefined);
  return inner.length > 0 ? Object.fromEntries(inner) : undefined;
}

/** `base` with what `over` has, object by object. */
function merged(base: unknown, over: unknown): unknown {
  if (!isObject(base) || !isObject(over)) return over;
  const keys = [...new Set([...Object.keys(base), ...Object.keys(over)])];
  return Object.fromEntries(keys.map((key) => [key, key in over ? merged(base[key], over[key]) : base[key]]));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isEncrypted = (value: unknown): boolean => isObject(value) && Object.keys(value).join() === 'secure';
