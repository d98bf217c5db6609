import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assumptionsPage } from '../../../tools/docs/assumptions';

const project = join(__dirname, '..', '..', '..');

it('docs/assumptions.md is what the list says (npm run docs writes it)', () => {
  const prettier = join(project, 'node_modules', 'prettier', 'bin', 'prettier.cjs');
  // As a program: inside a test its own modules would be loaded by the test's runtime.
  const formatted = execFileSync(process.execPath, [prettier, '--stdin-filepath', 'docs/assumptions.md'], {
    cwd: project,
    input: assumptionsPage(),
    encoding: 'utf8',
  });
  expect(readFileSync(join(project, 'docs', 'assumptions.md'), 'utf8')).toBe(formatted);
});
