import { Option } from '@commander-js/extra-typings';
import { command } from '../../tools/command-line';
import type { RealClusters } from './stack-config';

/** Where the stacks are to be deployed. */
export interface ClusterOptions {
  /** Clusters that exist already, each as STACK=FILE, still to be checked. Empty: kwokctl starts them. */
  kubeconfigs: readonly string[];
  real: RealClusters;
  /** Address that MinIO listens on and that the pods reach it at. */
  address: string | undefined;
}

/** What is asked of pulumi. */
export interface Asked {
  /** Empty: those that the sandbox has. */
  stacks: string[];
  /** Handed on as they are. */
  flags: string[];
}

/** What each command does. */
export interface Actions {
  everything: (clusters: ClusterOptions) => Promise<void>;
  tools: (how: 'provide' | 'check' | 'lock') => Promise<void>;
  up: (asked: Asked, clusters: ClusterOptions, yes: boolean) => Promise<void>;
  preview: (asked: Asked) => Promise<void>;
  destroy: (asked: Asked) => Promise<void>;
  consumer: () => Promise<void>;
  env: () => Promise<void>;
  down: (forget: boolean) => Promise<void>;
}

const argumentsForPulumi = 'stacks, and flags for pulumi as --flag or --flag=value';

/** The command line of the sandbox. */
export const program = (actions: Actions) =>
  withClusters(
    'npm run sandbox --',
    'Everything, without a question: tools, clusters, MinIO, and pulumi up of the central stack and the first edge. ' +
      'Again: goes on where it ended, reuses what runs, and deploys what was edited since without showing it first, ' +
      'which preview and up do. Exit codes: 0 done, 1 failed, 2 wrong arguments, 3 another process uses the sandbox, 130 ended by Ctrl-C.',
  )
    .action((options) => actions.everything(clusters(options)))
    .addCommand(
      command('tools', 'finds, downloads or builds the tools')
        .option('--check', 'only says, by the exit code, whether they are there')
        .addOption(
          new Option('--lock', 'takes the sums of the lock file anew from upstream').conflicts('check'),
        )
        .action(({ check, lock }) => actions.tools(check ? 'check' : lock ? 'lock' : 'provide')),
    )
    .addCommand(
      withClusters('up', 'shows what pulumi up would change, asks, and does it; starts what the stack needs')
        .argument('[stack-or-flag...]', argumentsForPulumi)
        .option('-y, --yes', 'does not ask; needed where there is no terminal')
        .allowUnknownOption()
        .action((words, options) => actions.up(asked(words), clusters(options), options.yes ?? false)),
    )
    .addCommand(
      command('preview', 'shows what pulumi up would change, from the committed stack files as they are now')
        .argument('[stack-or-flag...]', argumentsForPulumi)
        .allowUnknownOption()
        .action((words) => actions.preview(asked(words))),
    )
    .addCommand(
      command('destroy', 'removes all but the protected bucket, without a question; up brings it back')
        .argument('[stack-or-flag...]', argumentsForPulumi)
        .allowUnknownOption()
        .action((words) => actions.destroy(asked(words))),
    )
    .addCommand(
      command(
        'consumer',
        'deploys examples/consumer/ to the central cluster without the key of the central stack, reads its objects back, removes it',
      ).action(() => actions.consumer()),
    )
    .addCommand(
      command(
        'env',
        'lines for eval "$(npm run --silent sandbox -- env)": PATH and what pulumi needs',
      ).action(() => actions.env()),
    )
    .addCommand(
      command('down', 'stops and forgets all but the tools, and looks whether anything is left')
        .option('--forget', 'given clusters are gone: forgets the stacks on them instead of destroying these')
        .action(({ forget }) => actions.down(forget ?? false)),
    );

const withClusters = (name: string, description: string) =>
  command(name, description)
    .option(
      '--kubeconfig <STACK=FILE>',
      'a cluster that exists, instead of one by kwokctl; once for each stack, at least for the central one and an edge',
      added,
    )
    .option('--address <ADDRESS>', 'where MinIO listens and the pods reach it (default: 127.0.0.1)')
    .option('--storage-class <NAME>', 'of given clusters, where it is not that of the stack files')
    .option('--ingress-class <NAME>', 'of the given central cluster, where it is not that of the stack file')
    .option('--domain <DOMAIN>', 'of the central hosts; the pods of the edges resolve thanos-receiver.DOMAIN')
    .option('--load-balancer <ADDRESS>', 'for the samples of the edges; asked of the load balancer');

const added = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

interface Values {
  kubeconfig?: readonly string[];
  address?: string;
  storageClass?: string;
  ingressClass?: string;
  domain?: string;
  loadBalancer?: string;
}

const clusters = ({ kubeconfig: kubeconfigs = [], address, ...values }: Values): ClusterOptions => {
  const { storageClass, ingressClass, domain, loadBalancer } = values;
  return { kubeconfigs, address, real: { storageClass, ingressClass, domain, loadBalancer } };
};

const asked = (words: readonly string[]): Asked => ({
  stacks: words.filter((word) => !word.startsWith('-')),
  flags: words.filter((word) => word.startsWith('-')),
});
