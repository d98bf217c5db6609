import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as constants from '../../capacity/constants';

const page = readFileSync(join(__dirname, '../../docs/capacity.md'), 'utf8');

/** Name and value of every row of the page's table of constants. */
const documented: Record<string, number> = Object.fromEntries(
  Array.from(page.matchAll(/^\| `(\w+\.\w+)` +\| ([\d.e-]+) +\|/gm), ([, name = '', value]) => [
    name,
    Number(value),
  ]),
);

describe('the constants of the model', () => {
  it('stand in docs/capacity.md, each with where it comes from', () => {
    const used = Object.entries(constants).flatMap(([group, values]) =>
      Object.entries(values).map(([name, value]) => [`${group}.${name}`, value]),
    );
    expect(documented).toEqual(Object.fromEntries(used));
  });
});
