import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configReference } from '../../../tools/docs/config-reference';

const project = join(__dirname, '..', '..', '..');

it('docs/config.md is what the schemas say (npm run docs writes it)', () => {
  const prettier = join(project, 'node_modules', 'prettier', 'bin', 'prettier.cjs');
  // As a program: inside a test its own modules would be loaded by the test's runtime.
  const formatted = execFileSync(process.execPath, [prettier, '--stdin-filepath', 'docs/config.md'], {
    cwd: project,
    input: configReference(),
    encoding: 'utf8',
  });
  expect(readFileSync(join(project, 'docs', 'config.md'), 'utf8')).toBe(formatted);
});
