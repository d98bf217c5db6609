import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alertNames } from '../../../tools/rules/cases';
import { renderedAlerting } from '../../../tools/rules/rendered';

const folder = join('proof', 'drills', 'scenarios');
const deployed = alertNames(renderedAlerting(readFileSync('tests/golden/cluster-01.yaml', 'utf8')).groups);

/** Names of the drills, as `--only` takes them. */
const drills = readdirSync(folder).flatMap((file) =>
  [...readFileSync(join(folder, file), 'utf8').matchAll(/^ {2,4}name: '([a-z-]+)',\n +title:/gm)].map(
    ([, name = '']) => name,
  ),
);

/** What is wrong with the table: a drill without a row, an alert that there is not, no reason. */
function untold(page: string, names: readonly string[]): string[] {
  const section = page.split('## Which alert says so\n')[1]?.split('\n## ')[0] ?? '';
  const rows = [...section.matchAll(/^\| `([a-z-]+)` +\| (.*?) +\| (.*?) +\|$/gm)];
  const told = rows.map(([, name = '']) => name);
  return [
    ...names.filter((name) => !told.includes(name)).map((name) => `${name}: nobody is told of it`),
    ...told.filter((name) => !names.includes(name)).map((name) => `${name}: no drill`),
    ...rows.flatMap(([, name = '', alerts = '', why = '']) => {
      const named = [...alerts.matchAll(/`(\w+)`/g)].map(([, alert = '']) => alert);
      return [
        ...named.filter((alert) => !deployed.includes(alert)).map((alert) => `${name}: no alert ${alert}`),
        ...(named.length === 0 && alerts !== '–' ? [`${name}: ${alerts}`] : []),
        ...(why.length < 5 ? [`${name}: no reason`] : []),
      ];
    }),
  ];
}

describe('every failure that a drill makes', () => {
  it('has an alert that says so when it lasts, or a reason why nobody is told', () => {
    expect(drills.length).toBeGreaterThan(15);
    expect(untold(readFileSync('docs/drills.md', 'utf8'), drills)).toEqual([]);
  });

  it.each([
    ['| `a` | `EdgeSilent` | it is silent |', []],
    ['| `a` | – | it is nothing |', []],
    ['| `b` | `EdgeSilent` | it is silent |', ['a: nobody is told of it', 'b: no drill']],
    ['| `a` | `EdgeSilnt` | it is silent |', ['a: no alert EdgeSilnt']],
    ['| `a` | somebody | it is silent |', ['a: somebody']],
    ['| `a` | – | – |', ['a: no reason']],
  ])('would be noticed: %s', (row, expected) => {
    expect(untold(`## Which alert says so\n\n${row}\n\n## Next\n`, ['a'])).toEqual(expected);
  });
});
