import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { RunError } from '@pulumi/pulumi';
import { ConfigError } from '../../config/errors';
import { FleetError } from './fleet';
import { difference, replace, write } from './golden';
import { render } from './render';
import { stackFilesIn, StackFileError } from './stack-file';

const usage = `Renders what the stacks would register, for review. Needs no engine, cluster or network.

  npm run render                                 compare the committed stacks with tests/golden; a difference exits 1
  npm run render -- --update                     rewrite tests/golden
  npm run render -- --out DIR                    write the committed stacks to DIR
  npm run render -- STACK_FILE... [--out DIR]    render these files, to DIR or to the terminal
`;

const project = relative(process.cwd(), join(__dirname, '..', '..'));
const golden = join(project, 'tests', 'golden');

const say = (text: string) => process.stdout.write(text);

async function main(): Promise<number> {
  const { values, positionals: files } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string' }, update: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    say(usage);
    return 0;
  }
  if (values.update && (values.out !== undefined || files.length > 0)) {
    throw new StackFileError(
      '--update rewrites tests/golden from the committed stacks; it takes no files and no --out',
    );
  }
  // Pulumi takes a stack trace for every promise; mapping them to the sources costs more than all the rest.
  process.setSourceMapsEnabled(false);
  const started = performance.now();
  const rendered = await render(files.length > 0 ? files : stackFilesIn(project));
  const done = `${rendered.size} stacks in ${((performance.now() - started) / 1000).toFixed(1)} s`;
  if (values.out !== undefined) {
    write(rendered, values.out);
    say(`Rendered ${done} to ${values.out}\n`);
  } else if (files.length > 0) {
    say([...rendered.values()].join('---\n'));
  } else if (values.update) {
    replace(rendered, golden);
    say(`Rendered ${done} to ${golden}\n`);
  } else {
    return compare(difference(rendered, golden), done);
  }
  return 0;
}

function compare(patch: string, done: string): number {
  if (patch === '') {
    say(`Rendered ${done}: the same as ${golden}\n`);
    return 0;
  }
  say(patch);
  say(
    `Rendered ${done}: not the same as ${golden}. If the change is wanted, run: npm run render -- --update\n`,
  );
  return 1;
}

/** What is wrong with the input, as it stands; anything else is a fault here and needs its stack trace. */
function report(error: unknown): string {
  const expected: boolean =
    RunError.isInstance(error) ||
    [ConfigError, FleetError, StackFileError].some((type) => error instanceof type);
  if (!(error instanceof Error)) return String(error);
  process.setSourceMapsEnabled(true);
  return expected ? error.message : (error.stack ?? error.message);
}

void main()
  .catch((error: unknown) => {
    process.stderr.write(`${report(error)}\n`);
    return 1;
  })
  .then((code) => {
    process.exitCode = code;
  });
