import type { Comparison } from './comparison';

/** One line of what a plan needs that is not the same in both revisions. */
export interface CapacityRow {
  stack: string;
  what: string;
  before: string;
  after: string;
}

/** What a central stack needs, before and after: the lines of `npm run capacity` that differ. */
export function capacityRows({ stacks }: Comparison): CapacityRow[] {
  return stacks.flatMap(({ stack, capacity }) => {
    if (capacity?.before === undefined || capacity.after === undefined) return [];
    const [before, after] = [needs(capacity.before), needs(capacity.after)];
    const names = [...new Set([...before.keys(), ...after.keys()])];
    return names.flatMap((what) => {
      const row = { stack, what, before: before.get(what) ?? 'nothing', after: after.get(what) ?? 'nothing' };
      return row.before === row.after ? [] : [row];
    });
  });
}

/**
 * The needs on a page, by what needs them: of the table `COMPONENT RESOURCE`, of the sentences what they
 * begin with. How each sum is made is left out.
 */
function needs(page: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of page.split('\n')) {
    const [component = '', pods = '', resource = '', each = ''] = line.split(/ {2,}/);
    if (component === 'component') continue;
    if (each !== '') found.set(`${component}: ${resource}`, `${pods} × ${each}`);
    else if (line !== '') {
      const what = sentence(line);
      const value = line.startsWith(what) ? line.slice(what.length).replace(/^:? /, '') : line;
      found.set(what, value.replace(/ = .*$/, ''));
    }
  }
  return found;
}

function sentence(line: string): string {
  const named =
    /^(bucket|cores|prometheus\.retention whole|an edge sends|after an outage|an agent never)/.exec(
      line,
    )?.[1];
  if (named !== undefined) return named;
  return line.startsWith('monitoring:')
    ? line.slice(0, line.indexOf(': '))
    : line.includes('samples/s')
      ? 'written'
      : 'plan';
}
