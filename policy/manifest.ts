type Strings = Readonly<Record<string, string>>;

/** A Kubernetes object as a manifest has it; also any other resource, whose properties are in `spec`. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Strings | null;
    annotations?: Strings | null;
  };
  spec?: unknown;
  [field: string]: unknown;
}

/** `Kind namespace/name`, as findings and exemptions name an object. */
export const objectName = ({ kind, metadata }: Pick<Manifest, 'kind' | 'metadata'>): string =>
  `${kind} ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`;

/** A manifest of a kind whose `spec` is known. */
export type Of<Spec> = Manifest & { spec: Spec };

/** The objects of a kind, with the type of their `spec`. */
export const ofKind = <Spec>(manifests: readonly Manifest[], kind: string): Of<Spec>[] =>
  manifests.filter((manifest): manifest is Of<Spec> => manifest.kind === kind);

/** What stands in the place of a value that the engine keeps encrypted. */
export const encrypted = '[encrypted]';

/**
 * The manifest of a Pulumi resource: a Kubernetes object is its own, a Helm release and whatever is no
 * Kubernetes object has its properties in `spec`.
 *
 * @param type Pulumi's type token, such as `minio:index/iamPolicy:IamPolicy`
 */
export function manifestOf(type: string, name: string, properties: Record<string, unknown>): Manifest {
  const { kind, apiVersion, metadata } = properties as Partial<Manifest>;
  if (type.startsWith('kubernetes:') && typeof kind === 'string' && typeof apiVersion === 'string') {
    return { ...properties, apiVersion, kind, metadata: { name, ...metadata } };
  }
  const [module = '', , resource = ''] = type.split(':');
  return { apiVersion: `pulumi:${module}`, kind: resource, metadata: { name }, spec: properties };
}

/** Every leaf with its path; an entry of a list that has a name is called by it. */
export function leaves(value: unknown, path = ''): { path: string; leaf: unknown }[] {
  if (typeof value !== 'object' || value === null) return [{ path, leaf: value }];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    leaves(inner, below(path, Array.isArray(value) ? `[${entryName(key, inner)}]` : key)),
  );
}

const below = (path: string, key: string): string => {
  if (key.startsWith('[')) return `${path}${key}`;
  const text = /[.\s]/.test(key) ? `["${key}"]` : key;
  return path === '' || text.startsWith('[') ? `${path}${text}` : `${path}.${text}`;
};

const entryName = (index: string, entry: unknown): string =>
  typeof entry === 'object' && entry !== null && 'name' in entry && typeof entry.name === 'string'
    ? entry.name
    : index;
