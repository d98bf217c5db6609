import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { schemas } from '../../contract/schema';
import { command, run } from '../command-line';
import { alertsPage } from './alerts';
import { assumptionsPage } from './assumptions';
import { configReference } from './config-reference';
import { outputsReference } from './outputs-reference';
import { policyPage } from './policies';

const repository = join(__dirname, '..', '..');

/**
 * What is made, by path: the references of configuration and outputs and the JSON Schemas from the schemas,
 * the list of alerts from the rules, that of assumptions from the stacks, the page of policies from these.
 */
const made = new Map([
  [join('docs', 'config.md'), configReference()],
  [join('docs', 'alerts.md'), alertsPage()],
  [join('docs', 'assumptions.md'), assumptionsPage()],
  [join('docs', 'outputs.md'), outputsReference()],
  [join('docs', 'policy.md'), policyPage()],
  ...Object.entries(schemas()).map(
    ([file, schema]) => [join('contract', file), JSON.stringify(schema, null, 2)] as const,
  ),
]);

const program = command(
  'npm run docs --',
  `Writes what is made from the schemas, the rules, the policies and the list of assumptions: ${[...made.keys()].join(', ')}. Run it after a change of a key, a default, an output, an alert, a policy or an assumption.`,
)
  .option('--check', 'write nothing; exit with 1 when a committed file is not what would be written')
  .action(async ({ check }) => {
    for (const [file, text] of made) {
      const path = join(repository, file);
      const wanted = await format(text, { ...(await resolveConfig(path)), filepath: path });
      if (!check) {
        writeFileSync(path, wanted);
      } else if (readFileSync(path, 'utf8') !== wanted) {
        console.log(`${file} is not what it is made from. Run: npm run docs`);
        process.exitCode = 1;
      }
    }
  });

void run(program);
