import { statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { allOf, command, readGiven, run, UsageError, UserError } from '../command-line';
import { issueText, parsedJson } from '../json';
import { checkWritable, writeGiven } from '../output-file';
import { collected } from './collect';
import { comparison, type Comparison } from './comparison';
import { pages } from './page';
import { baseRevision } from './revision';
import { StackDocumentError } from './stack-document';

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
    const reading = from === undefined ? () => undefined : () => saved(from);
    const [data] = allOf([
      reading,
      () => {
        if (base === '')
          throw new UsageError('--base: found nothing. Name a revision, or leave the option out.');
      },
      () => {
        checkWritable('--out', out);
      },
      () => {
        checkWritable('--save', save);
      },
    ]);
    const started = performance.now();
    const compared = data ?? (await compare(base));
    if (save !== undefined) writeGiven('--save', save, JSON.stringify(compared));
    const { comment, full } = pagesOf(compared, elsewhere, from);
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
    throw notSaved(path, `larger than ${largest / 1024 / 1024} MiB`);
  }
  const text = readGiven('--from', path);
  const { data, error } = comparison.safeParse(
    parsedJson(`--from ${path}: not what --save writes`, text, 'Give a file that it wrote.'),
  );
  if (data) return data;
  throw notSaved(path, ...error.issues.map(issueText));
}

/** @throws UserError where a text of the comparison is no render */
function pagesOf(compared: Comparison, elsewhere: string, from: string | undefined) {
  try {
    return pages(compared, { elsewhere, reported: from !== undefined });
  } catch (error) {
    if (!(error instanceof StackDocumentError)) throw error;
    if (from !== undefined) throw notSaved(from, error.message);
    throw new UserError(`${error.message}. Name another --base, whose render this program can read.`, {
      cause: error,
    });
  }
}

const notSaved = (path: string, ...why: readonly string[]) =>
  new UserError(
    `--from ${path}: not what --save writes (${why.slice(0, 3).join('; ')}). Give a file that it wrote.`,
  );

void run(program);
