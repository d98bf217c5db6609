import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const project = join(__dirname, '..');
const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/**
 * Scripts that call another project's program, whose command line is its own, or that npm calls without
 * arguments.
 */
const othersPrograms: Readonly<Partial<Record<string, string>>> = {
  preinstall: 'node',
  test: 'jest',
  check: 'tsc',
  'check:chart': 'jest',
  format: 'prettier',
};

/** The program that a script runs, by path; arguments after `--` reach it because nothing follows it. */
const programs = Object.entries(scripts)
  .filter(([name]) => othersPrograms[name] === undefined)
  .map(([name, script]) => [name, /^tsx (\S+\/main\.ts)$/.exec(script)?.[1] ?? script] as const);

interface Answer {
  code: number | string | null | undefined;
  out: string;
  err: string;
}

/** `npm run NAME -- ARGUMENTS` without npm. */
const answer = (path: string, ...args: string[]): Promise<Answer> =>
  new Promise((done) => {
    execFile(process.execPath, ['--import', 'tsx', path, ...args], { cwd: project }, (error, out, err) => {
      done({ code: error ? error.code : 0, out, err });
    });
  });

describe('every script of package.json', () => {
  it('has its line in the README, and no other has', () => {
    const readme = readFileSync(join(project, 'README.md'), 'utf8');
    const rows = [...readme.matchAll(/^\| `([a-z0-9:-]+)` +\|/gm)].map(([, name = '']) => name);
    // npm calls it by itself.
    expect(rows.sort()).toEqual(
      Object.keys(scripts)
        .filter((name) => name !== 'preinstall')
        .sort(),
    );
  });

  it.each(Object.entries(othersPrograms))('%s is the program of another project, %s', (name, other) => {
    expect(scripts[name]?.split(' ')[0]).toBe(other);
  });

  it.each(programs)('%s is one program of this project, to which all arguments go', (_, path) => {
    expect(path).toMatch(/^(tools|proof)\/\S+\/main\.ts$/);
  });

  it.concurrent.each(programs)(
    '%s --help prints its usage and exits with 0',
    async (name, path) => {
      const { code, out, err } = await answer(path, '--help');
      expect({ usage: out.split(' -- ')[0], code, err }).toEqual({
        usage: expect.stringMatching(new RegExp(`^Usage: npm run (--silent )?${name}$`)) as string,
        code: 0,
        err: '',
      });
    },
    120_000,
  );

  it.concurrent.each(programs)(
    '%s says what is wrong with an argument, then its usage, and exits with 2',
    async (name, path) => {
      const { code, out, err } = await answer(path, '--no-such-option');
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err.split('\n')[0]).toBe("unknown option '--no-such-option'");
      expect(err).toMatch(new RegExp(`^Usage: npm run (--silent )?${name} -- `, 'm'));
      expect(err).not.toMatch(/^ {4}at /m);
    },
    120_000,
  );
});
