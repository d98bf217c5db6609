import { isDeepStrictEqual } from 'node:util';
import { type ResourceKind } from '../resource-kind';
import { type Mc, serverAlias, filePlaceholder, fatal } from './mc';

export interface IamPolicyInputs {
  readonly name: string;
  /** The policy document, JSON. */
  readonly policy: string;
}

type Json = Record<string, unknown>;

const unordered = ['Action', 'NotAction', 'Resource', 'NotResource'];

/** A list where a single value stands for a list of one; in one order where the order means nothing. */
function normal(key: string, value: unknown): unknown {
  if (key === 'Statement')
    return (Array.isArray(value) ? value : [value]).map((part) => normalParts(part as Json));
  if (unordered.includes(key)) return (Array.isArray(value) ? [...(value as string[])] : [value]).sort();
  if (key === 'Condition') return normalCondition(value as Record<string, Json>);
  return value;
}

function normalCondition(condition: Record<string, Json>): Json {
  return Object.fromEntries(
    Object.entries(condition).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries(keys).map(([key, values]) => [
          key,
          (Array.isArray(values) ? [...(values as string[])] : [values]).sort(),
        ]),
      ),
    ]),
  );
}

function normalParts(part: Json): Json {
  return Object.fromEntries(
    Object.entries(part)
      .filter(([key, value]) => !(key === 'Sid' && value === ''))
      .map(([key, value]) => [key, normal(key, value)]),
  );
}

/**
 * Whether two documents grant the same: order, white space and one-element lists do not count, duplicates do.
 */
export function samePolicy(old: unknown, now: unknown): boolean {
  if (typeof old !== 'string' || typeof now !== 'string') return false;
  return isDeepStrictEqual(normalParts(JSON.parse(old) as Json), normalParts(JSON.parse(now) as Json));
}

function isPolicyDocument(text: string): boolean {
  try {
    const document: unknown = JSON.parse(text);
    return typeof document === 'object' && document !== null && !Array.isArray(document);
  } catch {
    return false;
  }
}

async function put(mc: Mc, { name, policy }: IamPolicyInputs): Promise<void> {
  await mc(['admin', 'policy', 'create', serverAlias, name, filePlaceholder], { file: policy }).catch(
    (error: unknown) => {
      throw fatal('unable to create policy', name, error);
    },
  );
}

async function get(mc: Mc, name: string): Promise<string> {
  const info = await mc(['admin', 'policy', 'info', serverAlias, name]).catch((error: unknown) => {
    throw fatal('unable to read policy', name, error);
  });
  return JSON.stringify((info as { policyInfo?: { Policy?: unknown } }).policyInfo?.Policy, null, 1);
}

/** `minio.IamPolicy`. A policy of that name that is there already is overwritten. */
export function iamPolicy(mc: Mc): ResourceKind<IamPolicyInputs, object> {
  return {
    inputs: {
      name: { onChange: 'replace' },
      policy: { onChange: 'update', same: samePolicy },
    },
    computed: [],
    check: ({ policy }) =>
      policy === undefined || isPolicyDocument(policy)
        ? []
        : [{ property: 'policy', text: '"policy" contains an invalid JSON policy' }],
    async create(inputs) {
      await put(mc, inputs);
      return { id: inputs.name, outputs: { ...inputs, policy: await get(mc, inputs.name) } };
    },
    /**
     * A policy that was deleted outside is an error, as with the real provider: put one of that name back
     * first.
     */
    async read(id, state) {
      return { ...state, policy: await get(mc, id) };
    },
    async update(_id, state, inputs) {
      await put(mc, inputs);
      return { ...state, ...inputs, policy: await get(mc, inputs.name) };
    },
    async delete(id) {
      await mc(['admin', 'policy', 'rm', serverAlias, id]).catch((error: unknown) => {
        throw fatal('unable to delete policy', id, error);
      });
    },
  };
}
