import { leavesSomething, reaches } from '../../checks/route-reach';
import { alertmanagerSchema, type Route } from '../../config/alerting/alertmanager';

/** Routes as the configuration reads them; nothing is refused. */
const read = (routes: readonly object[]): Route[] =>
  alertmanagerSchema().parse({ routes: routes.map((route) => ({ receiver: 'ops', ...route })) }).routes;

/** What becomes of the last route. */
const lastOf = (...routes: object[]) => reaches(read(routes)).at(-1);

const bySeverity = [{ severity: ['warning'] }, { severity: ['critical'] }, { severity: ['info'] }];
const m = (...matchers: string[]) => ({ matchers });

describe('a route', () => {
  it.each([
    ['one of the lists before it', [...bySeverity, { severity: ['warning'], cluster: ['cluster-02'] }], [0]],
    ['all lists before it', [...bySeverity, { severity: ['info', 'critical'], team: ['a'] }], [1, 2]],
    ['a matcher with its values', [m('severity =~ "warning|info"'), { severity: ['info'] }], [0]],
    [
      'an expression that its values meet',
      [m('severity =~ "(warn|crit).*"'), { severity: ['critical'] }],
      [0],
    ],
    ['what an expression excludes', [m('cluster !~ "cluster-0[3-9]"'), { cluster: ['cluster-02'] }], [0]],
    ['values of any label', [m('namespace =~ "a|b"'), m('namespace = "b"', 'job = "x"')], [0]],
    ['the same expression', [m('namespace =~ "shop-.*"'), m('namespace =~ "shop-.*"', 'team = "a"')], [0]],
    ['a value and all but it', [m('team = "a"'), m('team != "a"'), m('namespace = "b"')], [0, 1]],
    [
      'crossing lists',
      [{ team: ['a'] }, { cluster: ['cluster-02'] }, { team: ['a', 'b'], cluster: ['cluster-02'] }],
      [0, 1],
    ],
  ])('is left nothing by %s', (_, routes, by) => {
    expect(lastOf(...routes)).toEqual(by);
  });

  it.each([
    ['other severities than those that are usual', [...bySeverity, { team: ['a'] }]],
    [
      'what an expression of other values may leave',
      [m('namespace =~ "shop-.*"'), m('namespace =~ "shop-a.*"')],
    ],
    [
      'what another condition of the earlier one leaves',
      [m('namespace = "a"', 'job = "x"'), m('namespace = "a"')],
    ],
    ['a value that the expression does not match', [m('severity =~ "warn"'), { severity: ['warning'] }]],
    ['a copy', [{ team: ['a'], continue: true }, { team: ['a'] }]],
    ['one that leaves alerts without the label', [m('team =~ ".+"'), m('namespace = "a"')]],
  ])('is reached by %s', (_, routes) => {
    expect(lastOf(...routes)).toBe('reached');
  });

  it.each([
    ['contradicts itself', m('team = "a"', 'team = "b"')],
    ['contradicts itself', { ...m('severity !~ "crit.*"'), severity: ['critical'] }],
    ['ours', m('alertname = "Watchdog"')],
    ['ours', { ...m('severity = "none"'), cluster: ['cluster-02'] }],
    ['reached', { alertname: ['Watchdog', 'EdgeSilent'] }],
    ['reached', m('severity != "critical"')],
  ])('%s: %j', (expected, route) => {
    expect(lastOf(route)).toBe(expected);
  });
});

describe('routes', () => {
  it('leave the default receiver something, or nothing', () => {
    expect(leavesSomething(read(bySeverity))).toBe(true);
    expect(leavesSomething(read([m('team = "a"'), m('team != "a"')]))).toBe(false);
    expect(leavesSomething(read([{}]))).toBe(false);
    expect(leavesSomething(read([{ continue: true }]))).toBe(true);
  });

  it('are many, by many labels, and are looked at no longer than a moment', () => {
    const many = Array.from({ length: 60 }, (_, i) =>
      m(`a${i % 7} = "${i % 5}"`, `b${i % 11} != "${i % 3}"`, `c${i % 13} = "${i % 2}"`),
    );
    const started = performance.now();
    expect(reaches(read(many)).filter((one) => one !== 'reached')).toEqual([]);
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});
