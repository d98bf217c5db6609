import { parseWith, UsageError, type ClusterArguments } from '../e2e/arguments';
import { Duration, UnitError } from '../../config/units';

export interface Arguments {
  clusters: ClusterArguments;
  /** `monitoring:outage` of the drills. */
  outage: Duration;
  /** Names of the drills to run; all if undefined. */
  only: readonly string[] | undefined;
}

const usage = `npm run drills -- --central KUBECONFIG --edge KUBECONFIG [options]

Deploys the stacks cluster-01 and cluster-02 as npm run e2e does, with short blocks and a short outage, breaks them in every
way that they must survive, and counts every sample in the answer of a query afterwards. kubectl, pulumi and mc must be on
PATH. Clusters and MinIO server must be for tests.

--outage DURATION             the promised outage, such as 10m (default) or 1h
--only NAME,NAME              these drills alone
`;

/** @throws UsageError with everything that is wrong */
export function parse(argv: readonly string[], env: NodeJS.ProcessEnv, names: readonly string[]): Arguments {
  const text = { type: 'string' } as const;
  const known = `${usage}                              of ${names.join(', ')}\n`;
  const { values, clusters } = parseWith(argv, env, { outage: text, only: text }, known);
  const only = values.only?.split(',');
  const unknown = only?.filter((name) => !names.includes(name)) ?? [];
  if (unknown.length > 0) throw new UsageError(`no drill ${unknown.join(', ')}\n\n${known}`);
  try {
    return { clusters, outage: Duration.parse(values.outage ?? '10m'), only };
  } catch (error) {
    if (!(error instanceof UnitError)) throw error;
    throw new UsageError(`--outage ${values.outage ?? ''}: ${Duration.allowed}`, { cause: error });
  }
}
