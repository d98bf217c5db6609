import { encrypted, manifestOf, type Manifest } from '../../policy/manifest';
import type { Deployment, Path, Plain } from '../render/registered';
import type { Release } from './helm';

/**
 * What a program registers, as policies see it: every resource and the outputs, with what the engine encrypts
 * taken out.
 */
export const manifestsOf = ({ stack, resources, outputs }: Deployment): Manifest[] => [
  ...resources
    .filter(({ custom }) => custom)
    .map(({ type, name, inputs, secretPaths }) =>
      manifestOf(type, name, hidden(inputs, secretPaths) as Record<string, Plain>),
    ),
  {
    apiVersion: 'pulumi:stack',
    kind: 'Outputs',
    metadata: { name: stack },
    spec: hidden(outputs.value, outputs.secretPaths),
  },
];

function hidden(value: Plain, secretPaths: readonly Path[]): Plain {
  const secret = new Set(secretPaths.map((path) => JSON.stringify(path)));
  const walk = (inner: Plain, path: Path): Plain => {
    if (Array.isArray(inner)) return inner.map((item, i) => walk(item, [...path, String(i)]));
    if (typeof inner === 'object' && inner !== null) {
      return Object.fromEntries(Object.entries(inner).map(([key, v]) => [key, walk(v, [...path, key])]));
    }
    return secret.has(JSON.stringify(path)) ? encrypted : inner;
  };
  return secret.size === 0 ? value : walk(value, []);
}

/** The Helm releases among manifests. */
export const releasesIn = (manifests: readonly Manifest[]): Release[] =>
  manifests.filter(({ kind }) => kind === 'Release').map(({ spec }) => spec as Release);
