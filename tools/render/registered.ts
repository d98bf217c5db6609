/** A value as YAML or JSON holds it. */
export type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };

/** Where a leaf stands inside a value: keys and list positions from the outside in. */
export type Path = readonly string[];

/** A value whose encrypted leaves are known one by one. */
export interface ValueWithSecrets {
  value: Plain;
  /** Every leaf that the engine would keep encrypted. */
  secretPaths: readonly Path[];
}

/** A resource as the program handed it to the engine. */
export interface RegisteredResource {
  /** Pulumi type token, such as `kubernetes:apps/v1:StatefulSet`. */
  type: string;
  name: string;
  urn: string;
  /** `TYPE NAME` of the parent; undefined below the stack itself. */
  parent: string | undefined;
  /** False for a component, which is only a node of the tree. */
  custom: boolean;
  /** `URN::ID` of an explicit provider; empty for a default one. */
  provider: string;
  inputs: Record<string, Plain>;
  secretPaths: readonly Path[];
  options: ResourceOptions;
  /** `TYPE NAME` of everything that must be there first: of inputs, and of the option `dependsOn`. */
  dependencies: readonly string[];
}

/** The resource options that a reviewer must see, since they decide what a change or a deletion does. */
export interface ResourceOptions {
  protect?: true;
  retainOnDelete?: true;
  deleteBeforeReplace?: true;
  /** `TYPE NAME` of what must be there first and is not already an input. */
  dependsOn?: string[];
  ignoreChanges?: string[];
  replaceOnChanges?: string[];
  timeouts?: Record<string, string>;
}

/** One run of a program: what it registered and returned. */
export interface Deployment {
  stack: string;
  resources: readonly RegisteredResource[];
  outputs: ValueWithSecrets;
  /** Every text that is a secret by itself: configured, generated, or taken from another stack. */
  secrets: ReadonlySet<string>;
  /**
   * What such a text is, and each generated PEM that is no secret by itself: `privateKeyPem of
   * thanos-receiver`.
   */
  origins: ReadonlyMap<string, string>;
}

/**
 * `TYPE NAME` from `urn:pulumi:STACK::PROJECT::TYPE::NAME`; TYPE holds single colons, and its parents before
 * `$`.
 */
export function label(urn: string): string {
  const [, , type = '', ...name] = urn.split('::');
  return `${type.split('$').at(-1) ?? ''} ${name.join('::')}`;
}

/** The label of a registered resource. */
export const named = ({ type, name }: Pick<RegisteredResource, 'type' | 'name'>): string => `${type} ${name}`;
