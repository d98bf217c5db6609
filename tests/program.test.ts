import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const repository = join(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'program-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

beforeAll(() => {
  mkdirSync(join(folder, 'tools'));
  for (const file of ['program.js', 'package.json', 'tools/supported-node.js']) {
    copyFileSync(join(repository, file), join(folder, file));
  }
  // A folder of its own, so that the cache in it is not the repository's.
  mkdirSync(join(folder, 'node_modules'));
  for (const name of ['esbuild', '@pulumi', 'zod', 'yaml']) {
    symlinkSync(join(repository, 'node_modules', name), join(folder, 'node_modules', name));
  }
});

/** Calls the program as Pulumi does, from sources of the test's. */
function run(sources: Record<string, string>) {
  for (const [file, text] of Object.entries(sources)) writeFileSync(join(folder, file), text);
  const run = "require('./program.js')().then(console.log, console.log)";
  const { stdout } = spawnSync(process.execPath, ['--require', 'source-map-support/register', '-e', run], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_PATH: join(repository, 'node_modules') },
  });
  return stdout;
}

describe('the program that Pulumi runs', () => {
  it('is what stands in the sources, also right after an edit of a file that another one imports', () => {
    const index = "import { value } from './value';\nexport = async () => await Promise.resolve(value);\n";
    expect(run({ 'index.ts': index, 'value.ts': "export const value: string = 'first';\n" })).toBe('first\n');
    expect(run({ 'value.ts': "export const value: string = 'second';\n" })).toBe('second\n');
  });

  it('names the line of the sources where an error was thrown', () => {
    const fails = "interface Unused {}\n\nexport function fail(): never {\n  throw new Error('broken');\n}\n";
    const output = run({
      'index.ts': "import { fail } from './fails';\nexport = fail;\n",
      'fails.ts': fails,
    });
    expect(output).toContain(`Error: broken\n    at fail (${join(folder, 'fails.ts')}:4:9)`);
  });

  it('fails where the sources export nothing to call, since a program without resources deletes all', () => {
    expect(run({ 'index.ts': 'export const value = 1;\n' })).toContain('is not a function');
  });

  it('shows what is wrong in the sources, and no stack trace', () => {
    const output = run({ 'index.ts': 'const = 1;\n' });
    expect(output).toContain('index.ts:1:6:');
    expect(output).toContain('Expected identifier but found "="');
    expect(output).not.toContain('failureErrorWithLog');
  });
});
