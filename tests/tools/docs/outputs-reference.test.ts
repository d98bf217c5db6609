import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputsReference } from '../../../tools/docs/outputs-reference';

const project = join(__dirname, '..', '..', '..');

it('docs/outputs.md is what the contract says (npm run docs writes it)', () => {
  const prettier = join(project, 'node_modules', 'prettier', 'bin', 'prettier.cjs');
  // As a program: inside a test its own modules would be loaded by the test's runtime.
  const formatted = execFileSync(process.execPath, [prettier, '--stdin-filepath', 'docs/outputs.md'], {
    cwd: project,
    input: outputsReference(),
    encoding: 'utf8',
  });
  expect(readFileSync(join(project, 'docs', 'outputs.md'), 'utf8')).toBe(formatted);
});
