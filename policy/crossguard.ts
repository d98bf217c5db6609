import { exempt, exemptionFaults, judge, sentence, type Exemption } from './judge';
import { manifestOf, type Manifest } from './manifest';
import { secretInValues } from './policies/secrets';
import { nothingTold, type Facts, type Finding, type Policy } from './policy';

/*
 * The policies as Pulumi's policy SDK takes them. Nothing of the SDK is imported, so that whoever renders or
 * tests needs no package of it; `pack/` hands these over.
 */

/** What the engine tells of a resource. */
export interface EngineResource {
  type: string;
  name: string;
  urn: string;
  props: Record<string, unknown>;
}

type Report = (message: string, urn?: string) => void;

interface Configured {
  getConfig: () => object;
}

/** A policy of the SDK's: one that judges a resource before it is made, one that judges all, or both. */
export interface EnginePolicy {
  name: string;
  description: string;
  enforcementLevel: 'mandatory';
  configSchema: { properties: Record<string, object>; required?: string[] };
  validateResource?: (args: EngineResource & Configured, report: Report) => void;
  validateStack: (args: { resources: readonly EngineResource[] } & Configured, report: Report) => void;
}

const texts = { type: 'array', items: { type: 'string' } };

/** The facts that a stack's policy configuration tells; of the others the pack knows nothing. */
const factSchemas: Partial<Record<keyof Facts, object>> = {
  repositories: { ...texts, description: 'Beginnings of allowed image references, such as quay.io/thanos/' },
  exposed: { ...texts, description: 'Hosts of Ingresses, and Services as `Service namespace/name`' },
  bucket: {
    type: 'object',
    properties: { name: { type: 'string' }, writers: texts, deleters: texts },
    required: ['name', 'writers', 'deleters'],
    description: 'The bucket, and which of its users may write and which delete',
  },
  otherPods: {
    type: 'array',
    items: {
      type: 'object',
      properties: {
        object: { type: 'string' },
        namespace: { type: 'string' },
        labels: { type: 'object' },
        ports: { type: 'object' },
      },
      required: ['object', 'namespace', 'labels', 'ports'],
    },
    description: 'Pods of charts and operators, which the engine never sees',
  },
  deployed: {
    type: 'array',
    items: { type: 'object' },
    description: 'Manifests of the claims and StatefulSets as they are deployed',
  },
};

const exemptionsSchema = {
  type: 'array',
  default: [],
  items: {
    type: 'object',
    properties: { object: { type: 'string' }, field: { type: 'string' }, reason: { type: 'string' } },
    required: ['object', 'reason'],
    additionalProperties: false,
  },
  description: 'Objects, or fields of them, where this policy need not hold, and why',
};

/** A policy's configuration: its facts by name, and its exemptions. */
type Config = Partial<Facts> & { exemptions?: { object: string; field?: string; reason: string }[] };

/** What is shown for a value that the engine knows only when it is deployed. */
const unknown = '[known after deployment]';

/** A copy of what the engine knows; the SDK throws where something is read that is not known yet. */
function known(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const read = (key: string | number): unknown => {
    try {
      return known((value as Record<string | number, unknown>)[key]);
    } catch {
      return unknown;
    }
  };
  if (Array.isArray(value)) return Array.from({ length: value.length }, (_, i) => read(i));
  return Object.fromEntries(Object.keys(value).map((key) => [key, read(key)]));
}

const manifestFor = ({ type, name, props }: EngineResource): Manifest =>
  manifestOf(type, name, known(props) as Record<string, unknown>);

/** What a policy finds, exemptions apart, and what is wrong with those. */
function verdict(policy: Policy, manifests: readonly Manifest[], config: Config) {
  const { exemptions = [], ...told } = config;
  const reasoned = exemptions.map((exemption): Exemption => ({
    field: '',
    ...exemption,
    policy: policy.name,
  }));
  const found = judge([policy], manifests, { ...nothingTold, ...told }).filter(
    // It is asked again when it is known.
    (finding) => !finding.found.includes(unknown),
  );
  const { standing, exempted } = exempt(found, reasoned);
  return { standing, faults: () => exemptionFaults(reasoned, exempted, [policy]) };
}

const said = (finding: Finding, { reason, remedy }: Policy): string =>
  `${sentence(finding)}\n${reason} ${remedy}`;

/**
 * Policies as the engine runs them: what needs no other object, at each resource; the rest at the end. Not
 * among them is that about secrets in the values of releases: the engine hands a pack every secret in the
 * clear and does not say which they are.
 */
export const enginePolicies = (policies: readonly Policy[]): EnginePolicy[] =>
  policies
    .filter((policy) => policy !== secretInValues)
    .map((policy) => {
      const { name, description, scope, facts } = policy;
      const schemas = facts.flatMap((fact) => {
        const schema = factSchemas[fact];
        return schema ? [[fact, schema] as const] : [];
      });
      return {
        name,
        description,
        enforcementLevel: 'mandatory',
        configSchema: { properties: { ...Object.fromEntries(schemas), exemptions: exemptionsSchema } },
        ...(scope === 'object' && {
          validateResource: (args, report) => {
            const { standing } = verdict(policy, [manifestFor(args)], args.getConfig());
            for (const finding of standing) report(said(finding, policy));
          },
        }),
        validateStack: ({ resources, getConfig }, report) => {
          const manifests = resources.map(manifestFor);
          const { standing, faults } = verdict(policy, manifests, getConfig());
          if (scope === 'stack') for (const finding of standing) report(said(finding, policy));
          for (const fault of faults()) report(fault);
        },
      };
    });
