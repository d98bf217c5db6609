import { InvalidArgumentError } from '@commander-js/extra-typings';
import { duration, namesOf } from '../../tools/option-values';
import { Duration } from '../../config/units';
import { clusterArguments, clusterCommand, type ClusterArguments } from '../e2e/arguments';

export interface Arguments {
  clusters: ClusterArguments;
  /** `monitoring:outage` of the drills. */
  outage: Duration;
  /** Names of the drills to run; all if undefined. */
  only: readonly string[] | undefined;
}

/**
 * The least outage that shows anything: an agent counts as one with a backlog when it is a minute behind and
 * was asked three times, and whether it may be evicted is asked 90 s before the end.
 */
const leastOutage = Duration.parse('4m');

function outageOf(text: string): Duration {
  const outage = duration(text);
  if (outage.seconds >= leastOutage.seconds) return outage;
  throw new InvalidArgumentError(
    `Needed are at least ${leastOutage.toString()}: in a shorter one no agent is behind when it is asked.`,
  );
}

/**
 * The command line of `npm run drills`.
 *
 * @param names of the drills that there are
 */
export const drillsCommand = (
  names: readonly string[],
  env: NodeJS.ProcessEnv,
  action: (args: Arguments) => void | Promise<void>,
) =>
  clusterCommand(
    'npm run drills --',
    'Deploys the stacks cluster-01 and cluster-02 as npm run e2e does, with short blocks and a short outage, breaks them ' +
      'in every way that they must survive, and counts every sample in the answer of a query afterwards.',
  )
    .option('--outage <duration>', 'the promised outage, such as 1h', outageOf, Duration.parse('10m'))
    .option(
      '--only <names>',
      `these drills alone, with commas between them: ${names.join(', ')}`,
      namesOf(names),
    )
    .action(({ outage, only, ...options }) =>
      action({ clusters: clusterArguments(options, env), outage, only }),
    );
