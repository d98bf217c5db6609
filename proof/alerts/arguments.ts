import type { Duration } from '../../config/units';
import { UsageError } from '../../tools/command-line';
import { duration, namesOf } from '../../tools/option-values';
import { clusterArguments, clusterCommand, type ClusterArguments } from '../e2e/arguments';

export interface Arguments {
  clusters: ClusterArguments;
  /** Address of this machine that pods of the central cluster can reach. */
  address: string;
  /** Names of the faults to make; all if undefined. */
  only: readonly string[] | undefined;
  /** Whether all are made at the same moment. */
  atOnce: boolean;
  /** How long nothing is broken, instead of any fault. */
  healthy: Duration | undefined;
}

/**
 * The command line of `npm run alerts`.
 *
 * @param names of the faults that there are
 */
export const alertsCommand = (
  names: readonly string[],
  env: NodeJS.ProcessEnv,
  action: (args: Arguments) => void | Promise<void>,
) =>
  clusterCommand(
    'npm run alerts --',
    'Deploys the stacks cluster-01 and cluster-02 as npm run e2e does, with a webhook on this machine as the receiver of ' +
      'every alert, makes one fault after the other, and says which alert came, after how long, and how often.',
  )
    .option('--address <ip>', 'address of this machine that pods of the central cluster can reach')
    .option(
      '--only <names>',
      `these faults alone, with commas between them: ${names.join(', ')}`,
      namesOf(names),
    )
    .option(
      '--at-once',
      'make all faults at the same moment: for some that have nothing to do with each other',
      false,
    )
    .option('--healthy <duration>', 'break nothing for so long, and say what is told all the same', duration)
    .action(({ address, only, atOnce, healthy, ...options }) => {
      const clusters = clusterArguments(options, env);
      if (address === undefined) throw new UsageError('missing: --address');
      if (healthy !== undefined && (only !== undefined || atOnce))
        throw new UsageError('--healthy makes no fault: leave out --only and --at-once');
      return action({ clusters, address, only, atOnce, healthy });
    });
