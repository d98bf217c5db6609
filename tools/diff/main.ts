import { statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { command, readGiven, run, UsageError, UserError } from '../command-line';
import { collected } from './collect';
import { comparison, type Comparison } from './comparison';
import { pages } from './page';
import { baseRevision } from './revision';

const project = relative(process.cwd(), join(__dirname, '..', '..'));

/** Two renders of a thousand edges; more is no comparison of ours. */
const largest = 64 * 1024 * 1024;

const program = command(
  'npm run diff --',
  'Prints what the working tree does to each stack, as the text of a comment in a pull request. Renders it and the ' +
    'base; needs git, and no engine, cluster or credential. Exits with 1 when a stack of the working tree is refused.',
)
  .option('--base <revision>', 'compare with this (default: where the branch left origin/main, else main)')
  .option('--out <file>', 'write all of it there, also what has no room in a comment')
  .option('--save <file>', 'write what was compared there, as data')
  .option('--from <file>', 'compare nothing; say what such data holds')
  .option('--elsewhere <where>', 'where the comment says that all of it is', 'npm run diff -- --out FILE')
  .action(async ({ base, out, save, from, elsewhere }) => {
    if (from !== undefined && (base !== undefined || save !== undefined)) {
      throw new UsageError('--from says what was compared; it takes no --base and no --save');
    }
    const started = performance.now();
    const compared = from === undefined ? await compare(base) : saved(from);
    if (save !== undefined) writeGiven('--save', save, JSON.stringify(compared));
    const { comment, full } = pages(compared, elsewhere);
    if (out !== undefined) writeGiven('--out', out, full);
    process.stdout.write(comment);
    if (from !== undefined) return;
    console.error(
      `Compared ${compared.stacks.length} stacks in ${((performance.now() - started) / 1000).toFixed(1)} s`,
    );
    if (compared.stacks.some(({ after }) => after && 'refused' in after)) process.exitCode = 1;
  });

const compare = async (base: string | undefined): Promise<Comparison> =>
  collected(project, await baseRevision(project || '.', base), (text) => {
    console.error(text);
  });

/**
 * @throws UserError for anything but what `--save` writes; whoever wrote it need not have been this
 * program
 */
function saved(path: string): Comparison {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > largest) {
    throw new UserError(`--from ${path}: larger than ${largest / 1024 / 1024} MiB. Give what --save wrote.`);
  }
  const text = readGiven('--from', path);
  try {
    return comparison.parse(JSON.parse(text));
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    throw new UserError(
      `--from ${path}: not what --save writes (${reason ?? ''}). Give a file that it wrote.`,
    );
  }
}

function writeGiven(option: string, path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UserError(`${option} ${path}: ${(error as Error).message}. Name a file that can be written.`);
  }
}

void run(program);
