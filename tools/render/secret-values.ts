import { runtime } from '@pulumi/pulumi';
import type { ValueWithSecrets, Path, Plain } from './registered';

// Marks of values in Pulumi's wire format that are more than plain data.
const { specialSigKey: signature, specialSecretSig, specialResourceSig } = runtime;

/** Reads a value of the wire format, and notes each leaf below a secret. */
export function fromWire(wire: unknown): ValueWithSecrets {
  const secretPaths: Path[] = [];
  const walk = (value: unknown, path: Path, secret: boolean): Plain => {
    if (Array.isArray(value)) return value.map((item, i) => walk(item, [...path, String(i)], secret));
    if (typeof value === 'object' && value !== null) {
      const members = value as Record<string, unknown>;
      if (members[signature] === specialSecretSig) return walk(members['value'], path, true);
      if (members[signature] === specialResourceSig) return walk(members['urn'], path, secret);
      return Object.fromEntries(
        Object.entries(members).map(([key, inner]) => [key, walk(inner, [...path, key], secret)]),
      );
    }
    if (secret) secretPaths.push(path);
    return value as Plain;
  };
  return { value: walk(wire, [], false), secretPaths };
}

/** A value of the wire format, marked as secret. */
export function asSecret(wire: unknown): unknown {
  const marked = typeof wire === 'object' && wire !== null && signature in wire;
  return marked ? wire : { [signature]: specialSecretSig, value: wire };
}

/** Every leaf of a value with its path. */
export function leaves(
  value: Plain,
  path: Path = [],
): { path: Path; leaf: string | number | boolean | null }[] {
  if (typeof value !== 'object' || value === null) return [{ path, leaf: value }];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

/** A path as people write it, `spec.template.spec.containers.0.image`. */
export const pathText = (path: Path): string =>
  path.map((key) => (/[.\s]/.test(key) ? `["${key}"]` : key)).join('.');

/**
 * Value with its secrets hidden.
 *
 * A secret becomes `[secret: privateKeyPem of thanos-receiver]`: which one it is, so that two that are
 * swapped show. In a longer text (a config file in a Secret) only the secrets themselves are replaced, so
 * that the rest can be reviewed; a secret text in which nothing known is found is hidden whole, as
 * `[secret]`.
 *
 * @param origins what each known text is
 */
export function masking(origins: ReadonlyMap<string, string>): (value: ValueWithSecrets) => Plain {
  let sorted: [string, string][] | undefined;
  const longestFirst = () => (sorted ??= [...origins].sort(([a], [b]) => b.length - a.length));
  const shown = (origin: string) => `[secret: ${origin}]`;
  const hide = (leaf: Plain): string => {
    if (typeof leaf !== 'string') return mask;
    // Almost all stand alone; looking each up among all others would cost the square of the edges.
    const alone = origins.get(leaf);
    if (alone !== undefined) return shown(alone);
    const text = longestFirst().reduce(
      (rest, [secret, origin]) => rest.replaceAll(secret, shown(origin)),
      leaf,
    );
    return text === leaf ? mask : text;
  };
  return ({ value, secretPaths }) => {
    if (secretPaths.length === 0) return value;
    const hidden = new Set(secretPaths.map((path) => JSON.stringify(path)));
    const walk = (inner: Plain, path: Path): Plain => {
      if (Array.isArray(inner)) return inner.map((item, i) => walk(item, [...path, String(i)]));
      if (typeof inner === 'object' && inner !== null) {
        return Object.fromEntries(Object.entries(inner).map(([key, v]) => [key, walk(v, [...path, key])]));
      }
      return hidden.has(JSON.stringify(path)) ? hide(inner) : inner;
    };
    return walk(value, []);
  };
}

const mask = '[secret]';
