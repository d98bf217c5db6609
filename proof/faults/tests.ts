import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { UserError } from '../../tools/command-line';
import type { Fault } from './faults';

/**
 * What notices a fault: the compiler, a test that says what should be, a comparison with a committed file,
 * nothing.
 */
export type Catch = 'compiler' | 'behaviour' | 'golden' | 'nothing';

/** Comparisons with files that one command rewrites (`render -- --update`, `docs`). */
const goldens = ['tests/golden.test.ts', 'tests/contract/schema.test.ts', 'tests/tools/docs'];

/**
 * About the proof, the tools and the pages: what only they notice of the product counts as unnoticed. The
 * pages' also need git, which the copy has not.
 */
const others = ['tests/proof/', 'tests/tools/', 'tests/markdown-links.test.ts'];

/** Where jest looks for who imports whom; its own configuration names the tests alone. */
const roots = [
  'capacity',
  'checks',
  'components',
  'config',
  'contract',
  'observability',
  'stacks',
  'tests',
  'tools',
];

/**
 * How long the tests of one fault may take, and all tests without a fault; one that makes them hang is
 * noticed.
 */
const longestMinutes = { ofFault: 10, ofAll: 30 };

/** A test that is slow on a busy machine has noticed nothing. */
const patience = '--testTimeout=120000';

/**
 * Who notices a fault that is in the copy. First the tests beside the file, then the invariants of the
 * stacks, then everything that imports it, then the goldens: most faults end at the first.
 */
export async function caughtBy(folder: string, fault: Fault): Promise<Catch> {
  const beside = `tests/${fault.file.replace(/\.ts$/, '.test.ts')}`;
  const folderBeside = `tests/${dirname(fault.file)}/`;
  const first = existsSync(join(folder, beside)) ? beside : folderBeside;
  if (existsSync(join(folder, first)) && (await fails(folder, [first]))) return 'behaviour';
  if (/^(components|stacks)\//.test(fault.file) && (await fails(folder, ['tests/invariants.test.ts'])))
    return 'behaviour';
  const related = ['--findRelatedTests', fault.file, '--passWithNoTests', ...ignoring(goldens, others)];
  // index.ts stands outside of every root.
  if (fault.file !== 'index.ts' && (await fails(folder, related))) return 'behaviour';
  // Slow, and so the last: a fault that tests notice too is theirs.
  if (await failsTypes(folder)) return 'compiler';
  return (await fails(folder, goldens)) ? 'golden' : 'nothing';
}

const ignoring = (...patterns: readonly (readonly string[])[]) =>
  patterns.flat().map((pattern) => `--testPathIgnorePatterns=${pattern}`);

const fails = async (folder: string, args: readonly string[]): Promise<boolean> =>
  (await failing(folder, args)).length > 0;

/**
 * @returns the tests' files that fail, as far as jest went
 * @throws Error when jest could not run at all
 */
async function failing(
  folder: string,
  args: readonly string[],
  minutes = longestMinutes.ofFault,
): Promise<string[]> {
  const jest = join('node_modules', 'jest', 'bin', 'jest.js');
  const { exitCode, stderr, timedOut } = await execa(
    process.execPath,
    // Options that take a list come last: they would take the names of tests for more of it.
    [
      jest,
      '--bail',
      '--silent',
      '--maxWorkers=2',
      patience,
      ...args,
      ...roots.map((root) => `--roots=${root}`),
    ],
    { cwd: folder, reject: false, timeout: minutes * 60_000, env: { CHART_DIR: '' } },
  );
  if (timedOut) return [`nothing ended within ${minutes} minutes`];
  if (exitCode === 0) return [];
  // With --bail jest ends before it has written a report.
  const found = [...stderr.matchAll(/^FAIL (\S+)/gm)].map(([, file = '']) => file);
  if (found.length === 0) throw new Error(`jest ${args.join(' ')} did not run:\n${stderr}`);
  return found;
}

/** @throws UserError when tests fail without any fault: nothing could be said of one */
export async function checkClean(folder: string): Promise<void> {
  const all = ['tests', ...ignoring(others)];
  const found = await failing(folder, all, longestMinutes.ofAll);
  if (found.length > 0) {
    throw new UserError(
      `Tests fail without any fault, in a copy of the repository: ${found.join(', ')}. Mend them first (npm test).`,
    );
  }
}

async function failsTypes(folder: string): Promise<boolean> {
  const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
  const { exitCode } = await execa(
    process.execPath,
    [tsc, '--noEmit', '--incremental', '--tsBuildInfoFile', 'faults.tsbuildinfo'],
    { cwd: folder, reject: false },
  );
  return exitCode !== 0;
}
