import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemas } from './schema';

for (const [file, schema] of Object.entries(schemas())) {
  writeFileSync(join(__dirname, file), `${JSON.stringify(schema, null, 2)}\n`);
}
