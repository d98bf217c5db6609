import { z } from 'zod';
import { centralSchema, type CentralConfig } from './central';
import { edgeSchema, type EdgeConfig } from './edge';
import { noSuchKey, unknownFix, violations, type Violation } from './errors';
import { parsedAsMeant } from './meant';
import { ownNamespace, unreadKeys } from './namespaces';
import { nearKey } from './near-keys';
import { plainSecrets } from './plain-secrets';
import { knownPart, type KnownPart } from './known-part';
import { json, structured, type RawConfig } from './raw';
import * as secrets from './secret-keys';

/** What was read: the configuration, if every key has a value of its type, and what is wrong either way. */
export interface ReadConfig {
  config?: CentralConfig | EdgeConfig;
  /** Else what is known all the same, so that its contradictions are told with the rest. */
  known?: KnownPart<CentralConfig | EdgeConfig>;
  /**
   * Values of wrong types, keys that nobody reads, missing secrets; contradictions are found in `checks/`.
   */
  violations: Violation[];
}

type Role = 'central' | 'edge';

const role = z.enum(['central', 'edge'], { error: 'central or edge' });

/** Reads a stack's configuration by its role's schema, or by the role that its keys tell. */
export function readConfig(raw: RawConfig): ReadConfig {
  const written = structured(raw);
  const said = role.safeParse(written['role']);
  const wrong = violations(z.object({ role }).safeParse(written).error?.issues ?? [], written);
  const kind = said.success ? said.data : roleByKeys(written);
  if (kind === undefined) {
    return { violations: [...wrong, ...unread(raw, [...secrets.taken, ...edgeKeys])] };
  }
  const read = readAs(kind, raw, { ...written, role: kind });
  return said.success ? read : { violations: [...wrong, ...read.violations] };
}

/** What a stack is whose role is missing or misspelt, where only one of the two has keys as these. */
function roleByKeys(written: object): Role | undefined {
  const has = (keys: string[]) => keys.some((key) => key in written);
  const [central, edge] = [has(['objectStore', 'edges', 'receive', 'compactor']), has(['central', 'agent'])];
  return central === edge ? undefined : central ? 'central' : 'edge';
}

function readAs(kind: Role, raw: RawConfig, written: Record<string, unknown>): ReadConfig {
  const central = kind === 'central';
  const [schema, keys] = central ? [centralSchema, [...secrets.taken]] : [edgeSchema, edgeKeys];
  const large = tooLarge(raw);
  if (large.length > 0) return { violations: large };
  const receivers = central ? secrets.receiverSecrets(written['alertmanager']) : [];
  const names = receivers.map(({ configKey }) => configKey);
  const input = less(written, [...names, ...secrets.secretKeys]);
  const result = parsedAsMeant(schema, input);
  const needed = secrets.neededSecretKeys(input);
  const needless = secrets.needlessSecrets(raw, keys);
  const known = result.success ? undefined : knownPart(schema, input, standIns[kind]);
  const ofTypes = result.success
    ? []
    : violations(result.error.issues, input).map(secrets.withoutSecret).map(withNearKey(kind));
  const told = [...ofTypes, ...needless];
  return {
    ...(result.success && { config: result.data }),
    ...(known && { known }),
    violations: [
      // What stands there in a stack file's render is no value.
      ...ofTypes.filter(({ key }) => !needless.some((whole) => isBelow(key, whole.key))),
      ...needless,
      // Where a key is wrong anyway, what stands there is not shown either.
      ...plainSecrets(input).filter(({ key }) => !told.some((other) => isBelow(key, other.key))),
      ...keysOfJavaScript(input),
      ...(central ? secrets.takenNames(written) : []),
      ...needed.flatMap((key) => secrets.storeSecretViolations(raw, key)),
      ...secrets.idleSecrets(raw, needed),
      ...receivers.flatMap((secret) => secrets.receiverSecretViolations(raw, secret)),
      ...(central ? secrets.sharedBeat(raw, written['alertmanager']) : []),
      ...unread(raw, [...keys, ...names]),
    ],
  };
}

const schemas = { central: centralSchema, edge: edgeSchema };

/** A key that nobody knows, with the one that is meant. */
const withNearKey =
  (kind: Role) =>
  (violation: Violation): Violation => {
    // Of a path in the place of a key something better is known.
    if (violation.fix !== unknownFix) return violation;
    const fix = nearKey(violation.key.split('.'), kind, schemas);
    return fix === undefined ? violation : { ...violation, fix };
  };

/**
 * Most that may stand under one key. What it holds ends in one object of Kubernetes and in Helm's record of
 * the release, neither of which may have more than 1 MiB; a list that is longer by far came out of a program.
 */
const mostBytes = 256 * 1024;

const tooLarge = ({ values }: RawConfig): Violation[] =>
  Object.entries(values).flatMap(([full, text]): Violation[] => {
    const [namespace = '', key = ''] = full.split(':');
    const bytes = Buffer.byteLength(text);
    if (namespace !== ownNamespace || bytes <= mostBytes) return [];
    const fix = 'Shorten it: the API server takes no object of more than 1 MiB.';
    return [{ key, found: `${bytes} bytes`, allowed: `at most ${mostBytes} bytes`, fix }];
  });

const edgeKeys = Object.keys(edgeSchema.shape);

const isBelow = (key: string, whole: string) => key === whole || key.startsWith(`${whole}.`);

const less = (written: object, keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(written).filter(([key]) => !keys.includes(key)));

/** Keys that JavaScript takes for its own, so that zod leaves them out without a word. */
function keysOfJavaScript(node: unknown, path = ''): Violation[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, inner]): Violation[] => {
    const key = path === '' ? name : `${path}.${name}`;
    if (name !== '__proto__') return keysOfJavaScript(inner, key);
    return [{ key, found: 'the key "__proto__"', allowed: noSuchKey, fix: 'Remove it.' }];
  });
}

const unread = ({ values }: RawConfig, own: readonly string[]): Violation[] =>
  unreadKeys(
    Object.entries(values).map(([key, text]) => [key, json(text)] as const),
    own,
  );

/** What stands in for a required key that is missing or wrong; no check may speak of it. */
const cluster = {
  name: 'cluster-not-known',
  label: 'label-not-known',
  environment: 'not known',
  context: 'not known',
  server: 'https://not-known.invalid',
  domain: 'not-known.invalid',
  storageClass: 'not-known',
};

const standIns = {
  central: {
    cluster,
    objectStore: { kind: 'minio', endpoint: 'not-known.invalid', bucket: 'not-known' },
  },
  edge: {
    cluster: less(cluster, ['label', 'domain']),
    central: 'not-known/monitoring/not-known',
  },
};
