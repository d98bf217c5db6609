import { resolve, join } from 'node:path';
import { z } from 'zod';
import { command, readGiven, run, UsageError } from '../command-line';
import { needPrograms } from '../programs';
import { publish } from './publish';
import { pulumiJson } from './pulumi';
import { select } from './selection';

const repository = join(__dirname, '..', '..');

const program = command(
  'npm run publish-outputs --',
  'Copies outputs of a central stack to a stack that holds nothing else, in the same backend: the plain ones to monitoring-public/STACK, ' +
    'which anybody can read without a key; or, with --edge, those and the credentials of that edge alone to monitoring-edge-EDGE/STACK, ' +
    "encrypted for that edge's pipeline. Run it after each pulumi up of the central stack. It needs pulumi, and with --edge the key of the " +
    'central stack (PULUMI_CONFIG_PASSPHRASE or …_FILE, or its KMS).',
)
  .option('--stack <STACK>', 'the central stack, such as cluster-01')
  .option('--edge <EDGE>', 'an edge of its list')
  .option('--passphrase-file <FILE>', "with --edge: the passphrase of the edge's pipeline")
  .option(
    '--secrets-provider <URL>',
    "with --edge: the edge's secrets provider instead, such as awskms://… (as pulumi stack init has it)",
  )
  .action(async ({ stack, edge, passphraseFile, secretsProvider }) => {
    if (stack === undefined)
      throw new UsageError('--stack is missing: name the central stack, such as cluster-01');
    if (edge === undefined && (passphraseFile ?? secretsProvider) !== undefined) {
      throw new UsageError(
        '--passphrase-file and --secrets-provider are for --edge: public outputs have no secret',
      );
    }
    if (edge !== undefined && (passphraseFile === undefined) === (secretsProvider === undefined)) {
      throw new UsageError('--edge needs one of --passphrase-file and --secrets-provider');
    }
    if (passphraseFile !== undefined && readGiven('--passphrase-file', passphraseFile).trim() === '') {
      throw new UsageError(
        `--passphrase-file ${passphraseFile}: is empty. Name a file with the passphrase in it.`,
      );
    }
    needPrograms('pulumi');
    const show = edge === undefined ? [] : ['--show-secrets'];
    const outputs = await pulumiJson(z.record(z.string(), z.unknown()), repository, [
      ...['stack', 'output', '--json', '--stack', stack],
      ...show,
    ]);
    const selection = select(stack, outputs, edge);
    const name = stack.split('/').at(-1) ?? stack;
    const target = { project: projectOf(edge), stack: name };
    await publish(
      { ...target, secretsProvider, environment: key(edge === undefined, passphraseFile) },
      selection,
    );
    const what =
      edge === undefined ? 'the plain outputs' : `the plain outputs and the credentials of ${edge}`;
    console.log(`${target.project}/${target.stack} has ${what} of ${stack}.`);
  });

/**
 * The project of the copy. Its stack has the name of the central one, by which `npm run render` finds that;
 * and the project is the edge's, so that a backend can be told by its path who may read it.
 */
const projectOf = (edge: string | undefined) =>
  edge === undefined ? 'monitoring-public' : `monitoring-edge-${edge}`;

/**
 * What the written stack is encrypted with; public outputs need a passphrase only for being made, and have
 * none then.
 */
const key = (isPublic: boolean, passphraseFile: string | undefined) => {
  if (isPublic) return { PULUMI_CONFIG_PASSPHRASE: '', PULUMI_CONFIG_PASSPHRASE_FILE: undefined };
  if (passphraseFile === undefined) return {};
  return {
    PULUMI_CONFIG_PASSPHRASE: undefined,
    PULUMI_CONFIG_PASSPHRASE_FILE: resolve(passphraseFile),
  };
};

void run(program);
