import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemas } from '../../contract/schema';

describe('JSON Schemas of the outputs', () => {
  it.each(Object.entries(schemas()))('%s is the committed file (npm run docs writes it)', (file, schema) => {
    const committed = JSON.parse(readFileSync(join(__dirname, '../../contract', file), 'utf8')) as unknown;
    expect(committed).toEqual(schema);
  });
});
