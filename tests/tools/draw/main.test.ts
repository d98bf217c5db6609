import { execFile } from 'node:child_process';
import { join } from 'node:path';

const project = join(__dirname, '..', '..', '..');

/** What `npm --prefix tools/draw run draw` runs, before it needs the packages of its folder. */
const draw = (...args: string[]): Promise<{ code: unknown; out: string; err: string }> =>
  new Promise((done) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', join('tools', 'draw', 'main.ts'), ...args],
      { cwd: project },
      (error, out, err) => {
        done({ code: error ? error.code : 0, out, err });
      },
    );
  });

describe('the command line of draw', () => {
  it('--help prints its usage', async () => {
    const { code, out, err } = await draw('--help');
    expect({ code, err, usage: out.split(' -- ')[0] }).toEqual({
      code: 0,
      err: '',
      usage: 'Usage: npm --prefix tools/draw run draw',
    });
  }, 60_000);

  it.each([
    [['--out', 'pictures'], 'missing: --query'],
    [['--query', 'http://127.0.0.1:9'], 'missing: --out'],
    [['--query', 'thanos-query'], "option '--query <address>' argument 'thanos-query' is invalid."],
    [['--dashboard', 'flet'], "option '--dashboard <names>' argument 'flet' is invalid. There is no flet"],
    [
      ['--query', 'http://127.0.0.1:9', '--out', 'pictures', '--user', 'a'],
      '--user and --password-file are needed together',
    ],
  ])(
    '%j is refused, and the usage follows',
    async (args, message) => {
      const { code, out, err } = await draw(...args);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain(message);
      expect(err).toContain('Usage: npm --prefix tools/draw run draw -- ');
    },
    60_000,
  );
});
