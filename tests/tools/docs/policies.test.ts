import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { policyPage } from '../../../tools/docs/policies';

const project = join(__dirname, '..', '..', '..');

it('docs/policy.md is what the policies say (npm run docs writes it)', () => {
  const prettier = join(project, 'node_modules', 'prettier', 'bin', 'prettier.cjs');
  // As a program: inside a test its own modules would be loaded by the test's runtime.
  const formatted = execFileSync(process.execPath, [prettier, '--stdin-filepath', 'docs/policy.md'], {
    cwd: project,
    input: policyPage(),
    encoding: 'utf8',
  });
  expect(readFileSync(join(project, 'docs', 'policy.md'), 'utf8')).toBe(formatted);
});
