import { join, relative } from 'node:path';
import { RunError } from '@pulumi/pulumi';
import { allOf, command, makeGiven, run, UsageError, UserError } from '../command-line';
import { difference, replace, write } from './golden';
import { readLast } from './last-outputs';
import { render } from './render';
import { tracedOnFailure } from './stack-traces';
import { stackFilesIn } from './stack-file';

const project = relative(process.cwd(), join(__dirname, '..', '..'));
const golden = join(project, 'tests', 'golden');

const say = (text: string) => process.stdout.write(text);

const program = command(
  'npm run render --',
  'Renders what the stacks would register, for review. Needs no engine, cluster or network. Without arguments it ' +
    'compares the committed stacks with tests/golden, and exits with 1 when they differ.',
)
  .argument('[STACK_FILE...]', 'files to render instead of the committed ones, to the terminal or to --out')
  .option('--out <folder>', 'write what is rendered there, a file for each stack')
  .option(
    '--last <folder>',
    'check against these renders (--out of another revision) as if they were deployed',
  )
  .option('--update', 'rewrite tests/golden')
  .action(async (files, { out, last, update }) => {
    if (update && (out !== undefined || files.length > 0)) {
      throw new UsageError(
        '--update rewrites tests/golden from the committed stacks; it takes no files and no --out',
      );
    }
    const [deployed] = allOf([
      () => (last === undefined ? undefined : readLast('--last', last)),
      () => {
        if (out !== undefined) makeGiven('--out', out);
      },
    ]);
    const started = performance.now();
    const rendered = await answered(() => render(files.length > 0 ? files : stackFilesIn(project), deployed));
    const done = `${rendered.size} stacks in ${((performance.now() - started) / 1000).toFixed(1)} s`;
    if (out !== undefined) {
      write(rendered, out);
      say(`Rendered ${done} to ${out}\n`);
    } else if (files.length > 0) {
      say([...rendered.values()].join('---\n'));
    } else if (update) {
      replace(rendered, golden);
      say(`Rendered ${done} to ${golden}\n`);
    } else {
      compare(difference(rendered, golden), done);
    }
  });

/** What the program of a stack refuses is the answer to who renders it. */
async function answered<T>(rendering: () => Promise<T>): Promise<T> {
  try {
    return await tracedOnFailure(rendering);
  } catch (error) {
    if (RunError.isInstance(error)) throw new UserError(error.message, { cause: error, exitCode: 1 });
    throw error;
  }
}

function compare(patch: string, done: string): void {
  if (patch === '') {
    say(`Rendered ${done}: the same as ${golden}\n`);
    return;
  }
  say(patch);
  say(
    `Rendered ${done}: not the same as ${golden}. If the change is wanted, run: npm run render -- --update\n`,
  );
  process.exitCode = 1;
}

void run(program);
