import type { AlertmanagerConfig } from '../config/alerting/alertmanager';
import type { Violation } from '../config/errors';
import { distinct, repeatedNames } from './routes';

/** Time intervals that routes name and that there are not, and the other way round. */
export function timeIntervalRules({ routes, timeIntervals }: AlertmanagerConfig): Violation[] {
  const names = timeIntervals.map(({ name }) => name);
  const uses = routes.flatMap(({ muteTimeIntervals, activeTimeIntervals }, i) => [
    ...muteTimeIntervals.map((name, j) => ({ key: `alertmanager.routes.${i}.muteTimeIntervals.${j}`, name })),
    ...(activeTimeIntervals ?? []).map((name, j) => ({
      key: `alertmanager.routes.${i}.activeTimeIntervals.${j}`,
      name,
    })),
  ]);
  return [
    ...repeatedNames('alertmanager.timeIntervals', timeIntervals, 'time interval'),
    ...uses
      .filter(({ name }) => !names.includes(name))
      .map(({ key, name }) => ({
        key,
        found: name,
        allowed:
          names.length > 0
            ? `one of ${distinct(names)}`
            : 'a time interval of alertmanager.timeIntervals, which is empty',
        fix: 'Correct the name, or add the interval to alertmanager.timeIntervals.',
      })),
    ...timeIntervals.flatMap(({ name }, i) =>
      uses.some((use) => use.name === name)
        ? []
        : [
            {
              key: `alertmanager.timeIntervals.${i}.name`,
              found: name,
              allowed: 'a time interval that a route names',
              fix: 'Name it in a route or remove it.',
            },
          ],
    ),
  ];
}
