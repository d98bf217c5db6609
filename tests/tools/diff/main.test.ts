import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyRepository } from '../../../proof/faults/copy';
import { baseRevision } from '../../../tools/diff/revision';
import { stackFilesIn } from '../../../tools/render/stack-file';
import { temporaryFolder } from '../../support/temporary-folder';

const project = join(__dirname, '..', '..', '..');
const folder = temporaryFolder('diff');

function diff(cwd: string, ...args: string[]) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join('tools', 'diff', 'main.ts'), ...args],
    { cwd, encoding: 'utf8' },
  );
  return { stdout, stderr, status };
}

/** What a page says that is made of another program's data. */
const ownWord =
  "So says the pull request's own program, which it may have changed: what it does to `tools/` and `package-lock.json` says whether to believe it.\n\n";

const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
    cwd,
    encoding: 'utf8',
  });

/** This project as a repository of its own, with one commit, and with a centre and one edge. */
function repository(): string {
  const copy = join(folder, 'repository');
  copyRepository(project, copy);
  const others = stackFilesIn(copy).filter((file) => !/cluster-0[12]\.yaml$/.test(file));
  for (const file of others) rmSync(file);
  git(copy, 'init', '--quiet', '--initial-branch', 'main');
  writeFileSync(join(copy, '.git', 'info', 'exclude'), 'node_modules\n');
  git(copy, 'add', '.');
  git(copy, 'commit', '--quiet', '--message', 'base');
  return copy;
}

describe('npm run diff', () => {
  it('compares the working tree with where the branch left main, and leaves no checkout behind', () => {
    const copy = repository();
    const centre = join(copy, 'Pulumi.cluster-01.yaml');
    const good = readFileSync(centre, 'utf8');

    writeFileSync(centre, good.replace('storage: 50Gi', 'storage: 40Gi'));
    const smaller = diff(copy, '--out', join(folder, 'full.md'), '--save', join(folder, 'saved.json'));
    expect(smaller.status).toBe(1);
    expect(smaller.stdout).toContain('> - `cluster-01`: **refused**, so nothing of it can be deployed');
    expect(smaller.stdout).toContain(
      'monitoring:receive.storage: found 40Gi; allowed: at least 50Gi, the deployed size',
    );
    expect(smaller.stdout).toContain(
      '#### `cluster-02`, refused\n\n```\nNot rendered: its central stack, cluster-01, is refused.\n',
    );
    expect(readFileSync(join(folder, 'full.md'), 'utf8')).toBe(smaller.stdout);

    const again = diff(copy, '--from', join(folder, 'saved.json'));
    expect(again).toEqual({ stdout: expect.stringContaining(ownWord) as string, stderr: '', status: 0 });
    expect(again.stdout.replace(ownWord, '')).toBe(smaller.stdout);

    writeFileSync(centre, good);
    writeFileSync(join(copy, 'Pulumi.cluster-02.yaml'), 'config: [\n');
    const broken = diff(copy, '--base', 'HEAD');
    expect(broken.status).toBe(1);
    expect(broken.stdout).toContain(
      '#### `cluster-02`, refused\n\n```\nPulumi.cluster-02.yaml:2:1: no YAML: ',
    );
    expect(git(copy, 'worktree', 'list').trim().split('\n')).toHaveLength(1);

    writeFileSync(join(copy, 'Pulumi.my stack.yaml'), 'config: {}\n');
    expect(diff(copy)).toEqual({
      stdout: '',
      stderr:
        'Pulumi.my stack.yaml: a stack file is named Pulumi.STACK.yaml, STACK of letters, digits, _, . and -, at most 100. Rename it.\n',
      status: 2,
    });
  }, 300_000);

  it('refuses a base that is not there, and says how to get it', () => {
    const { stdout, stderr, status } = diff(project, '--base', 'no-such-branch');
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    expect(stderr).toBe(
      '--base no-such-branch: no such revision in this clone. Allowed is a commit, a branch or a tag that it has. ' +
        'Get it with `git fetch origin`, or all of a shallow clone with `git fetch --unshallow`.\n',
    );
  });

  it('takes a base for a name, never for an option of git', async () => {
    await expect(baseRevision(project, '--help')).rejects.toThrow(
      '--base --help: no such revision in this clone.',
    );
  });

  it('refuses a folder that git does not know', async () => {
    await expect(baseRevision(folder, undefined)).rejects.toThrow(/no work tree of git/);
  });

  it('refuses data that is none, and says where', () => {
    const bad = join(folder, 'bad.json');
    const from = (text: string) => {
      writeFileSync(bad, text);
      const { stdout, stderr, status } = diff(project, '--from', bad);
      expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
      return stderr.replace(bad, 'BAD');
    };
    const stack = (name: string, text: unknown) =>
      JSON.stringify({
        base: { name: 'main', commit: 'abc' },
        stacks: [{ stack: name, before: { text: 'stack: a\n' }, after: { text } }],
      });
    expect(from('{"stacks": 1}')).toBe(
      '--from BAD: not what --save writes (base: Invalid input: expected object, received undefined; ' +
        'stacks: Invalid input: expected array, received number). Give a file that it wrote.\n',
    );
    expect(from('no JSON')).toBe(
      '--from BAD: not what --save writes: found 7 characters that are no JSON. Give a file that it wrote.\n',
    );
    expect(from(stack('a b', ''))).toBe(
      '--from BAD: not what --save writes (stacks.0.stack: needed is the name of a stack: letters, digits, `_`, `.` and `-`, at most 100). Give a file that it wrote.\n',
    );
    expect(from(stack('a', 'hello'))).toBe(
      '--from BAD: not what --save writes (a, after: the first document: Invalid input: expected object, received string). Give a file that it wrote.\n',
    );
  }, 60_000);

  it('says what is wrong with its options before it compares', () => {
    const { stdout, stderr, status } = diff(
      project,
      '--base',
      '',
      '--save',
      folder,
      '--out',
      '/no/such/x.md',
    );
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    expect(stderr.split('\n').slice(0, 3)).toEqual([
      '--base: found nothing. Name a revision, or leave the option out.',
      `--save ${folder}: a folder. Name a file that can be written.`,
      '--out /no/such/x.md: no such folder. Name a file that can be written.',
    ]);
    expect(diff(project, '--from', 'x', '--base', 'HEAD').stderr).toMatch(
      /^--from says what was compared; it takes no --base/,
    );
  }, 60_000);
});
