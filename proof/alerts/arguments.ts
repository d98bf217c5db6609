import { namesOf } from '../../tools/command-line';
import { clusterArguments, clusterCommand, type ClusterArguments } from '../e2e/arguments';

export interface Arguments {
  clusters: ClusterArguments;
  /** Address of this machine that pods of the central cluster can reach. */
  address: string;
  /** Names of the faults to make; all if undefined. */
  only: readonly string[] | undefined;
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
    .requiredOption('--address <ip>', 'address of this machine that pods of the central cluster can reach')
    .option(
      '--only <names>',
      `these faults alone, with commas between them: ${names.join(', ')}`,
      namesOf(names),
    )
    .action(({ address, only, ...options }) =>
      action({ clusters: clusterArguments(options, env), address, only }),
    );
