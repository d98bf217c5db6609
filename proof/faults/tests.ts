import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Fault } from './faults';

/** What notices a fault: the compiler, a test that says what should be, a comparison with a committed file, nothing. */
export type Catch = 'compiler' | 'behaviour' | 'golden' | 'nothing';

/** Comparisons with files that one command rewrites (`render -- --update`, `docs`). */
const goldens = ['tests/golden.test.ts', 'tests/contract/schema.test.ts', 'tests/tools/docs'];

/** About the proof and the tools: what only they notice of the product counts as unnoticed. */
const others = ['tests/proof/', 'tests/tools/'];

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

/** How long tests may take; a fault that makes them hang is noticed. */
const longestMinutes = 5;

/**
 * Who notices a fault that is in the copy. First the test beside the file, then everything that imports it, then the
 * goldens: most faults end at the first.
 */
export async function caughtBy(folder: string, fault: Fault): Promise<Catch> {
  const beside = `tests/${fault.file.replace(/\.ts$/, '')}`;
  if (existsSync(join(folder, `${beside}.test.ts`)) && (await fails(folder, [`${beside}.test.ts`])))
    return 'behaviour';
  const related = ['--findRelatedTests', fault.file, '--passWithNoTests', ...ignoring(goldens, others)];
  // index.ts stands outside of every root.
  if (fault.file !== 'index.ts' && (await fails(folder, related))) return 'behaviour';
  // Slow, and so the last: a fault that tests notice too is theirs.
  if (await failsTypes(folder)) return 'compiler';
  return (await fails(folder, goldens)) ? 'golden' : 'nothing';
}

const ignoring = (...patterns: readonly (readonly string[])[]) =>
  patterns.flat().flatMap((pattern) => ['--testPathIgnorePatterns', pattern]);

async function fails(folder: string, args: readonly string[]): Promise<boolean> {
  const jest = join('node_modules', 'jest', 'bin', 'jest.js');
  const where = roots.flatMap((root) => ['--roots', root]);
  const { exitCode } = await execa(
    process.execPath,
    [jest, '--bail', '--silent', '--maxWorkers=2', ...where, ...args],
    { cwd: folder, reject: false, timeout: longestMinutes * 60_000, env: { CHART_DIR: '' } },
  );
  return exitCode !== 0;
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
