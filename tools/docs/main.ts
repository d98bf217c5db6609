import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configReference } from './config-reference';
import { schemas } from '../../contract/schema';

/** Writes what is made from the schemas: the configuration's reference and the outputs' JSON Schemas. */
const root = join(__dirname, '..', '..');
writeFileSync(join(root, 'docs', 'config.md'), configReference());
for (const [file, schema] of Object.entries(schemas())) {
  writeFileSync(join(root, 'contract', file), `${JSON.stringify(schema, null, 2)}\n`);
}
