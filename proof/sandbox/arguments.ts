import { parseArgs } from 'node:util';

export const commands = ['all', 'tools', 'up', 'preview', 'destroy', 'env', 'down'] as const;
export type Command = (typeof commands)[number];

export interface Arguments {
  command: Command;
  /** Stacks the command is for; empty: all. */
  stacks: string[];
  /** Clusters that exist already, by name: the kubeconfig file of each. Empty: kwokctl starts them. */
  kubeconfigs: Record<string, string>;
  /** Address that MinIO listens on and that the pods reach it at. */
  address: string;
  /** `tools` only says whether all of them are there. */
  check: boolean;
  /** `tools` takes the sums of the lock file anew from upstream's checksum files. */
  lock: boolean;
  /** What is handed on to pulumi as it is. */
  pulumi: string[];
}

export const usage = `npm run sandbox                           everything: tools, clusters, MinIO, pulumi up of both stacks
npm run sandbox -- tools [--check|--lock] finds, downloads or builds the tools; --check: says whether they are there;
                                          --lock: takes the sums of the lock file anew from upstream
npm run sandbox -- up [STACK…] [FLAG…]    pulumi up; flags (--flag=value) are handed on to pulumi
npm run sandbox -- preview [STACK…] [FLAG…]
npm run sandbox -- destroy [STACK…] [FLAG…]
npm run --silent sandbox -- env           lines for eval: PATH and what pulumi needs
npm run sandbox -- down                   stops and forgets all but the built tools

--kubeconfig=NAME=FILE   a cluster that exists, instead of one by kwokctl; once for each of cluster-01, cluster-02
--address=ADDRESS        where MinIO listens, default 127.0.0.1; for clusters that exist, one that their pods reach`;

const forPulumi: readonly Command[] = ['up', 'preview', 'destroy'];

/**
 * Reads the command line.
 *
 * @param known the stacks of the sandbox
 * @throws Error with the usage when an argument is not understood
 */
export function parse(argv: readonly string[], known: readonly string[]): Arguments {
  const { tokens } = parseArgs({ args: [...argv], strict: false, tokens: true, options });
  const words = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const flags = tokens.flatMap((token) => (token.kind === 'option' ? [token] : []));
  const all = (name: string) => flags.flatMap((flag) => (flag.name === name ? [flag.value ?? ''] : []));

  const command = words[0] ?? 'all';
  if (!isCommand(command)) throw new Error(`unknown command: ${command}\n\n${usage}`);
  const handed = flags.filter(({ name }) => !Object.keys(options).includes(name));
  if (handed[0] && !forPulumi.includes(command)) {
    throw new Error(`unknown option: ${handed[0].rawName}\n\n${usage}`);
  }
  const stacks = words.slice(1);
  const strange = stacks.find((stack) => !known.includes(stack));
  if (strange !== undefined)
    throw new Error(`the sandbox has the stacks ${known.join(', ')}, not ${strange}`);
  return {
    command,
    stacks,
    kubeconfigs: files(all('kubeconfig'), known),
    address: all('address').at(-1) ?? '127.0.0.1',
    check: all('check').length > 0,
    lock: all('lock').length > 0,
    pulumi: handed.map(({ rawName, value }) => (value === undefined ? rawName : `${rawName}=${value}`)),
  };
}

const options = {
  kubeconfig: { type: 'string', multiple: true },
  address: { type: 'string' },
  check: { type: 'boolean' },
  lock: { type: 'boolean' },
} as const;

const isCommand = (text: string): text is Command => commands.some((command) => command === text);

function files(pairs: readonly string[], known: readonly string[]): Record<string, string> {
  const found = pairs.map((pair): [string, string] => {
    const [, name, file] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
    if (name === undefined || file === undefined || !known.includes(name)) {
      throw new Error(`--kubeconfig ${pair}: NAME=FILE, where NAME is one of ${known.join(', ')}`);
    }
    return [name, file];
  });
  const missing = known.filter((name) => !found.some(([given]) => given === name));
  if (found.length > 0 && missing.length > 0) {
    throw new Error(`--kubeconfig is missing for ${missing.join(', ')}: give all clusters or none`);
  }
  return Object.fromEntries(found);
}
