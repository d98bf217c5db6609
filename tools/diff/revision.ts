import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { UserError } from '../command-line';

/** A commit, and how it was named. */
export interface Revision {
  name: string;
  commit: string;
}

/** Where a change goes if nothing else is said: the first of these that there is. */
const targets = ['origin/main', 'main'];

const git = async (folder: string, ...args: string[]) =>
  execa('git', ['-C', folder, ...args], { reject: false, stripFinalNewline: true });

/**
 * The commit that a change is compared with.
 *
 * @param given as the user named it; undefined: where this branch left `origin/main`, else `main`
 * @throws UserError when there is none
 */
export async function baseRevision(project: string, given: string | undefined): Promise<Revision> {
  const inside = await git(project, 'rev-parse', '--is-inside-work-tree');
  if (inside.exitCode !== 0) {
    throw new UserError(`${project || '.'}: no work tree of git (${why(inside)}). Run this in a clone.`);
  }
  if (given !== undefined) {
    const found = await git(
      project,
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${given}^{commit}`,
    );
    if (found.exitCode === 0) return { name: given, commit: found.stdout };
    throw new UserError(
      `--base ${given}: no such revision in this clone. Allowed is a commit, a branch or a tag that it has. ` +
        'Get it with `git fetch origin`, or all of a shallow clone with `git fetch --unshallow`.',
    );
  }
  for (const target of targets) {
    const found = await git(project, 'merge-base', 'HEAD', target);
    if (found.exitCode === 0) return { name: target, commit: found.stdout };
  }
  throw new UserError(
    `no base: neither ${targets.join(' nor ')} has a commit in common with HEAD here. ` +
      'Name one with --base, or get it with `git fetch origin main`.',
  );
}

const why = ({ stderr, message }: { stderr?: string; message?: string }) =>
  (stderr ?? message ?? '').split('\n')[0] ?? '';

/**
 * Does something in a checkout of a revision, which is removed afterwards, also when this program is ended.
 *
 * @param action with the checkout's folder, whose packages are those of its own package-lock.json
 * @param say tells what takes long
 */
export async function withCheckout<T>(
  project: string,
  { name, commit }: Revision,
  say: (text: string) => void,
  action: (folder: string) => Promise<T>,
): Promise<T> {
  const parent = mkdtempSync(join(tmpdir(), 'monitoring-diff-'));
  const folder = join(parent, 'base');
  const added = await git(project, 'worktree', 'add', '--detach', '--quiet', folder, commit);
  const packages = join(folder, 'node_modules');
  const remove = async () => {
    // First, and by itself: what it leads to is not the checkout's.
    rmSync(packages, { recursive: true, force: true });
    rmSync(parent, { recursive: true, force: true });
    await git(project, 'worktree', 'prune');
  };
  const ended = (signal: NodeJS.Signals) => {
    void remove().finally(() => process.kill(process.pid, signal));
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.once(signal, ended);
  try {
    if (added.exitCode !== 0) throw new UserError(`git cannot check out ${name}: ${why(added)}`);
    if (!existsSync(join(folder, 'tools', 'render', 'main.ts'))) {
      throw new UserError(
        `${name} (${commit.slice(0, 12)}) is older than \`npm run render\`, so nothing can be compared with it. Name a newer one with --base.`,
      );
    }
    await providePackages(project, folder, packages, say);
    return await action(folder);
  } finally {
    for (const signal of signals) process.off(signal, ended);
    await remove();
  }
}

/**
 * The same packages where both revisions lock the same; else those of the checkout, installed without
 * scripts.
 */
async function providePackages(
  project: string,
  folder: string,
  packages: string,
  say: (text: string) => void,
) {
  const lock = (at: string) => readFileSync(join(at, 'package-lock.json'), 'utf8');
  if (lock(project) === lock(folder)) {
    symlinkSync(join(process.cwd(), project, 'node_modules'), packages);
    return;
  }
  say('The base locks other packages (package-lock.json): installing them beside its checkout.');
  const { exitCode, stderr } = await execa(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'],
    { cwd: folder, reject: false },
  );
  if (exitCode === 0) return;
  throw new UserError(
    `the packages of the base cannot be installed, and it locks others than are here:\n${stderr.split('\n').slice(-8).join('\n')}\n` +
      'Run this where npm reaches its registry, or name a base with the same package-lock.json.',
  );
}
