import { isDeepStrictEqual } from 'node:util';
import { type CheckFailure, type ResourceKind } from '../resource-kind';
import { type Mc, serverAlias, McError, fatal } from './mc';

interface Rule {
  readonly id: string;
  readonly noncurrentVersionExpirationDays?: number;
  readonly expiration?: string;
}

export interface IlmPolicyInputs {
  readonly bucket: string;
  readonly rules: readonly Rule[];
}

/** A rule as the S3 API has it. */
interface LifecycleRule {
  readonly ID: string;
  readonly Status: string;
  readonly Filter?: { readonly Prefix?: string };
  readonly NoncurrentVersionExpiration?: { readonly NoncurrentDays: number };
  readonly Expiration?: { readonly ExpiredObjectDeleteMarker?: boolean };
}

const actedOn = ['id', 'noncurrentVersionExpirationDays', 'expiration'];

function checkRule(rule: Rule, index: number): CheckFailure[] {
  const others = Object.keys(rule).filter((name) => !actedOn.includes(name));
  const { expiration } = rule;
  return [
    ...others.map((name) => ({
      property: `rules[${String(index)}].${name}`,
      text: `the sandbox's plugin does not act on ${name}; install the real one`,
    })),
    ...(expiration === undefined || expiration === 'DeleteMarker'
      ? []
      : [
          {
            property: `rules[${String(index)}].expiration`,
            text: `the sandbox's minio plugin knows DeleteMarker only, got: ${expiration}`,
          },
        ]),
  ];
}

function toServer({ id, noncurrentVersionExpirationDays, expiration }: Rule) {
  return {
    ID: id,
    Status: 'Enabled',
    Filter: { Prefix: '' },
    ...(expiration === undefined ? {} : { Expiration: { ExpiredObjectDeleteMarker: true } }),
    ...(noncurrentVersionExpirationDays === undefined
      ? {}
      : { NoncurrentVersionExpiration: { NoncurrentDays: noncurrentVersionExpirationDays } }),
  };
}

/** Inputs with what the real provider adds to the state. */
function written(rule: Rule) {
  return {
    id: rule.id,
    noncurrentVersionExpirationDays: rule.noncurrentVersionExpirationDays ?? 0,
    expiration: rule.expiration ?? '',
    filter: '',
    status: 'Enabled',
  };
}

const fromServer = (rule: LifecycleRule) => ({
  ...written({
    id: rule.ID,
    ...(rule.NoncurrentVersionExpiration && {
      noncurrentVersionExpirationDays: rule.NoncurrentVersionExpiration.NoncurrentDays,
    }),
    ...(rule.Expiration?.ExpiredObjectDeleteMarker === true && { expiration: 'DeleteMarker' }),
  }),
  filter: rule.Filter?.Prefix ?? '',
  status: rule.Status,
});

/** The state is taken as it is: a rule that somebody disabled or narrowed is another rule. */
const sameRules = (old: unknown, now: unknown): boolean =>
  isDeepStrictEqual(old, (now as Rule[] | undefined)?.map(written));

async function put(mc: Mc, { bucket, rules }: IlmPolicyInputs): Promise<void> {
  const stdin = JSON.stringify({ Rules: rules.map(toServer) });
  await mc(['ilm', 'rule', 'import', `${serverAlias}/${bucket}`], { stdin }).catch((error: unknown) => {
    throw fatal('creating bucket lifecycle failed', bucket, error);
  });
}

/** `minio.IlmPolicy`: all lifecycle rules of a bucket; rules that are there already are overwritten. */
export function ilmPolicy(mc: Mc): ResourceKind<IlmPolicyInputs, object> {
  return {
    inputs: {
      bucket: { onChange: 'replace' },
      rules: { onChange: 'update', same: sameRules },
    },
    computed: [],
    check: ({ rules = [] }) => rules.flatMap(checkRule),
    async create(inputs) {
      await put(mc, inputs);
      return { id: inputs.bucket, outputs: { ...inputs, rules: inputs.rules.map(written) } };
    },
    async read(id, state) {
      try {
        const answer = await mc(['ilm', 'rule', 'export', `${serverAlias}/${id}`]);
        const { config } = answer as { config: { Rules: LifecycleRule[] } };
        return { ...state, rules: config.Rules.map(fromServer) };
      } catch (error) {
        // Gone with its bucket or alone: as the real provider, which drops it from the state either way.
        if (error instanceof McError && error.message.includes('does not exist')) return undefined;
        throw fatal('reading lifecycle configuration failed', id, error);
      }
    },
    async update(_id, state, inputs) {
      await put(mc, inputs);
      return { ...state, ...inputs, rules: inputs.rules.map(written) };
    },
    async delete(id) {
      await mc(['ilm', 'rule', 'rm', '--all', '--force', `${serverAlias}/${id}`]).catch((error: unknown) => {
        const alreadyGone =
          error instanceof McError && error.message.includes('lifecycle configuration does not');
        if (!alreadyGone) throw fatal('deleting lifecycle configuration failed', id, error);
      });
    },
  };
}
