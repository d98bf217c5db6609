import type { z } from 'zod';
import { command, readGiven, run, UsageError } from '../command-line';
import { checkedJson } from '../json';
import { wholeNumber } from '../option-values';
import { repositoryOf } from './api';
import { pullOf, writeComment } from './comment';
import { writeDriftIssue } from './drift-issue';
import { driftText, report } from '../drift/report';

const author = 'github-actions[bot]';
const pullNumber = wholeNumber({ least: 1, most: 1e9, why: 'it is the number of a pull request' });
const someone = ['--author <login>', 'who writes with this token', author] as const;

const program = command(
  'npm run github --',
  'Writes to GitHub, for the repository of GITHUB_REPOSITORY with the right of GITHUB_TOKEN; GITHUB_API_URL names another server.',
);

const comment = command(
  'comment',
  'Makes the one comment of a kind at a pull request, or updates it in place.',
)
  .argument('<FILE>', 'the text; its first line is the marker of its kind')
  .option('--pull <number>', 'the pull request', pullNumber)
  .option('--head <owner:branch>', 'that of this branch instead, if it still is at --commit')
  .option('--commit <sha>', 'the commit that the text is about')
  .option(...someone)
  .action(async (file, { pull, head, commit, author: writer }) => {
    const repository = repositoryOf(process.env);
    const text = readGiven('comment', file);
    const byBranch = head !== undefined && commit !== undefined;
    if ((pull !== undefined) === byBranch || (head === undefined) !== (commit === undefined)) {
      throw new UsageError('name the pull request by --pull, or by --head and --commit');
    }
    const number = pull ?? (byBranch ? await pullOf(repository, head, commit) : undefined);
    if (number === undefined) {
      console.log(`no open pull request of ${String(head)} is at ${String(commit)}: nothing to comment on`);
      return;
    }
    const { did, warnings } = await writeComment(repository, number, text, writer);
    for (const warning of warnings) console.error(warning);
    console.log(`pull request ${number}: comment ${did}`);
  });

const drift = command('drift', 'Opens, updates or closes the one issue about drift.')
  .argument('<REPORT>', 'what `npm run drift -- --out REPORT` wrote')
  .option(...someone)
  .action(async (file, { author: writer }) => {
    const found = reportOf(file);
    console.log(await writeDriftIssue(repositoryOf(process.env), found, driftText(found), writer));
  });

const reportOf = (file: string): z.infer<typeof report> =>
  checkedJson(
    `drift ${file}`,
    report,
    readGiven('drift', file),
    'Give what `npm run drift -- --out FILE` wrote.',
  );

void run(program.addCommand(comment).addCommand(drift));
