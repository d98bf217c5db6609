import { isDeepStrictEqual } from 'node:util';

/** Text that stands for a value not known before `pulumi up` (`pulumi.runtime.unknownValue`). */
export const unknownValue = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

export type Props = Record<string, unknown>;

/** Behaviour of one input of a resource. */
export interface InputRule {
  /** A changed value makes a new resource, or changes the one that exists. */
  readonly onChange: 'replace' | 'update';
  /** Value of an absent input, as the real provider writes it to the state. */
  readonly default?: unknown;
  /** An absent input leaves the value in the state as it is (the provider made one). */
  readonly keepWhenAbsent?: boolean;
  /** Whether two known values mean the same; deep equality when absent. */
  same?(old: unknown, now: unknown): boolean;
}

/** Text for the person at the terminal; `property` is the input to look at. */
export interface CheckFailure {
  readonly property: string;
  readonly text: string;
}

export interface Created<Outputs> {
  readonly id: string;
  readonly outputs: Outputs;
}

/**
 * One resource type of a provider. `Inputs` have their defaults filled in; the outputs that the state keeps
 * are the inputs together with `computed`.
 */
export interface ResourceKind<Inputs extends object, Computed extends object> {
  readonly inputs: { readonly [Name in keyof Inputs]-?: InputRule };
  /** Outputs that only `create` can tell: unknown in a preview. */
  readonly computed: readonly string[];
  /** Called with the inputs that are already known, at preview. */
  check?(known: Partial<Inputs>): CheckFailure[];
  /**
   * Outputs that call for a new resource although no input changed (a certificate that is due for renewal).
   */
  outdated?(state: Inputs & Computed, inputs: Inputs): string[];
  create(inputs: Inputs): Promise<Created<Inputs & Computed>>;
  /**
   * The state as it really is; undefined when the resource is gone. Absent: nothing outside the state to
   * read.
   */
  read?(id: string, state: Inputs & Computed): Promise<(Inputs & Computed) | undefined>;
  update?(id: string, state: Inputs & Computed, inputs: Inputs): Promise<Inputs & Computed>;
  delete?(id: string, state: Inputs & Computed): Promise<void>;
}

/** A resource kind whose types the shell does not know. */
export type AnyResourceKind = ResourceKind<object, object>;

export interface Diff {
  readonly changed: readonly string[];
  readonly replaced: readonly string[];
}

function rulesOf(kind: AnyResourceKind): [string, InputRule][] {
  return Object.entries(kind.inputs as Record<string, InputRule>);
}

/** True when any part of the value is not known yet. */
export function hasUnknown(value: unknown): boolean {
  if (value === unknownValue) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(hasUnknown);
}

export function knownOnly(inputs: Props): Props {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => !hasUnknown(value)));
}

/** Inputs of the real provider that this one would silently not act on. */
export function undeclared(kind: AnyResourceKind, inputs: Props): CheckFailure[] {
  return Object.entries(inputs)
    .filter(([name, value]) => value !== null && !(name in kind.inputs))
    .map(([property]) => ({
      property,
      text: `the sandbox's plugin does not act on ${property}; install the real one`,
    }));
}

/** The inputs as the provider acts on them: defaults filled in, null and undeclared ones left out. */
export function withDefaults(kind: AnyResourceKind, inputs: Props): Props {
  const filled: Props = {};
  for (const [name, rule] of rulesOf(kind)) {
    const value = inputs[name] ?? rule.default;
    if (value !== undefined) filled[name] = value;
  }
  return filled;
}

/** Changes by which the resource in the state becomes the one that the program asks for. */
export function diff(kind: AnyResourceKind, state: Props, news: Props): Diff {
  const inputs = withDefaults(kind, news);
  const changed: string[] = [];
  const replaced: string[] = [];
  for (const [name, rule] of rulesOf(kind)) {
    const old = state[name] ?? undefined;
    const now = inputs[name];
    if (now === undefined && rule.keepWhenAbsent === true) continue;
    const same =
      isDeepStrictEqual(old, now) || (rule.same !== undefined && !hasUnknown(now) && rule.same(old, now));
    if (same) continue;
    changed.push(name);
    if (rule.onChange === 'replace') replaced.push(name);
  }
  const outdated = kind.outdated?.(state, inputs) ?? [];
  return { changed: [...changed, ...outdated], replaced: [...replaced, ...outdated] };
}

/** The outputs that a preview of `create` can promise. */
export function previewOfCreate(kind: AnyResourceKind, news: Props): Props {
  const computed = Object.fromEntries(kind.computed.map((name) => [name, unknownValue]));
  return { ...computed, ...withDefaults(kind, news) };
}
