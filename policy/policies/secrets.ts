import { encrypted, leaves, objectName, ofKind, type Manifest } from '../manifest';
import type { Finding, Policy } from '../policy';
import { containers, workloads } from '../workloads';

/** Shorter texts occur in others by chance. */
const shortest = 8;

/** A secret as it may stand in another text. */
const forms = (secret: string): string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  Buffer.from(secret).toString('base64'),
];

/** What is a secret by its looks. */
const looks: readonly [what: string, RegExp][] = [
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['an address with a password', /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:[^\s/@$]+@[\w.-]+/i],
];

/** Names of variables and flags that hold secrets; a value that is a path or a reference is none. */
const secretName = /(passw(or)?d|token|secret|api[-_]?key|access[-_]?key|private[-_]?key)$/i;
const isReference = (value: string) => /^(\/|\$\(|\$\{|\$__)/.test(value) || value === '';

/** What a leaf of a Secret says in the clear: `data` is base64. */
const readable = ({ kind }: Manifest, path: string, text: string): string =>
  kind === 'Secret' && path.startsWith('data') ? Buffer.from(text, 'base64').toString() : text;

const elsewhere = 'a Secret that the engine keeps encrypted, by reference';

function inText(manifest: Manifest, known: readonly string[]): Finding[] {
  return leaves(manifest).flatMap(({ path, leaf }) => {
    if (typeof leaf !== 'string' || leaf === encrypted) return [];
    const text = readable(manifest, path, leaf);
    // Where a secret belongs, looking like one is no fault.
    const patterns = manifest.kind === 'Secret' ? [] : looks;
    const found = known.some((secret) => text.includes(secret) || leaf.includes(secret))
      ? 'a secret in plain text'
      : patterns.find(([, pattern]) => pattern.test(text))?.[0];
    return found === undefined
      ? []
      : [{ object: objectName(manifest), field: path, found, allowed: elsewhere }];
  });
}

const inContainers = (manifest: Manifest): Finding[] =>
  workloads([manifest]).flatMap((workload) =>
    containers(workload).flatMap(({ container: { env = [], args = [], command = [] }, field }) => [
      ...env
        .filter(({ name, value = '' }) => secretName.test(name) && !isReference(value))
        .map(({ name }) => ({
          object: workload.object,
          field: `${field}.env[${name}].value`,
          found: 'a literal value',
          allowed: 'a file from a Secret',
        })),
      ...[...command, ...args]
        .flatMap((arg) => {
          const [, flag = '', value = ''] = /^--?([\w.-]+)[= ](.*)$/s.exec(arg) ?? [];
          return secretName.test(flag) && !isReference(value) ? [flag] : [];
        })
        .map((flag) => ({
          object: workload.object,
          field: `${field}.args[--${flag}]`,
          found: 'a literal value',
          allowed: 'a file from a Secret',
        })),
    ]),
  );

export const secretInPlain: Policy = {
  name: 'secret-in-plain',
  description: 'No secret stands in plain text: no known one, and nothing that looks like one.',
  reason: 'Objects, state and goldens are read by many; a secret that was once in them is one to be changed.',
  remedy: 'Put it into a Secret from an encrypted value, and refer to that by name; change the secret.',
  scope: 'object',
  facts: ['secrets'],
  check: (manifests, { secrets }) => {
    const known = [...secrets].filter(({ length }) => length >= shortest).flatMap(forms);
    return manifests.flatMap((manifest) => [...inText(manifest, known), ...inContainers(manifest)]);
  },
};

export const secretInValues: Policy = {
  name: 'secret-in-values',
  description: 'No value of a Helm release is a secret.',
  reason:
    'Helm stores the values of each revision in the cluster and shows them to whoever may read the release.',
  remedy: 'Make a Secret beside the release, and give the chart its name.',
  scope: 'object',
  facts: [],
  check: (manifests) =>
    ofKind(manifests, 'Release').flatMap((manifest) =>
      leaves(manifest.spec)
        .filter(({ leaf }) => leaf === encrypted)
        .map(({ path }) => ({
          object: objectName(manifest),
          field: path,
          found: 'a secret',
          allowed: 'the name of a Secret',
        })),
    ),
};

export const secretInEnvironment: Policy = {
  name: 'secret-in-environment',
  description: 'Secrets reach containers as files, not as environment variables.',
  reason:
    'The environment is inherited by every process, printed by debug pages and crash reports, and keeps the old secret until the pod restarts.',
  remedy:
    'Mount the Secret and name its file; where a chart or operator cannot, exempt it and restart the pod by a checksum.',
  scope: 'object',
  facts: ['configReloader'],
  check: (manifests, { configReloader }) =>
    workloads(manifests, configReloader).flatMap((workload) =>
      containers(workload).flatMap(({ container: { env = [], envFrom = [] }, field }) => [
        ...env.flatMap(({ name, valueFrom }) =>
          valueFrom?.secretKeyRef
            ? [
                {
                  object: workload.object,
                  field: `${field}.env[${name}]`,
                  found: `Secret ${valueFrom.secretKeyRef.name}`,
                  allowed: 'a mounted file',
                },
              ]
            : [],
        ),
        ...envFrom.flatMap(({ secretRef }) =>
          secretRef
            ? [
                {
                  object: workload.object,
                  field: `${field}.envFrom[${secretRef.name}]`,
                  found: `Secret ${secretRef.name}`,
                  allowed: 'a mounted file',
                },
              ]
            : [],
        ),
      ]),
    ),
};
