import { parse } from 'yaml';
import { z } from 'zod';
import type { RenderedGroup } from './rendered';

const labelSet = z.record(z.string(), z.string());

const situation = z.strictObject({
  when: z.string().min(5),
  /** Samples a minute by series, in promtool's notation. */
  series: z.record(z.string(), z.string()),
  at: z.string(),
  /** Time of the first sample, RFC 3339; default: 1970. */
  start: z.iso.datetime().optional(),
});

const alertCases = z.strictObject({
  alert: z.string(),
  /** The groups that are evaluated; default: all. */
  groups: z.array(z.string()).min(1),
  fires: z.array(situation.extend({ labels: z.array(labelSet).min(1).optional() })).min(1),
  /** `never`, with the reason, where an alert is always there. */
  silent: z.union([z.array(situation).min(1), z.strictObject({ never: z.string().min(5) })]),
  nodata: z.strictObject({
    is: z.enum(['silent', 'firing']),
    /** Why that is right. */
    since: z.string().min(5),
  }),
});

const recordCases = z.strictObject({
  record: z.string(),
  groups: z.array(z.string()).min(1),
  is: z
    .array(
      situation.extend({ samples: z.array(z.strictObject({ labels: labelSet, value: z.coerce.number() })) }),
    )
    .min(1),
});

/** A file of `tests/rules/`: what each alert must say in which situation. */
export const caseFile = z.array(z.union([alertCases, recordCases]));

export type RuleCases = z.output<typeof caseFile>;
type AlertCases = z.output<typeof alertCases>;
type RecordCases = z.output<typeof recordCases>;
type Situation = z.output<typeof situation>;

/** A test file of promtool. */
export interface PromtoolFile {
  rule_files: string[];
  evaluation_interval: string;
  group_eval_order: string[];
  fuzzy_compare: true;
  tests: object[];
}

/** How long nothing may come before it is looked whether an alert fires. */
const noDataAt = '45m';

/** Every rule is asked once a minute; whatever its group says, it must come to the same. */
const interval = '1m';

/**
 * The cases as promtool takes them, a file for each set of groups. An alert is looked up as the series
 * `ALERTS`, which the evaluation makes, so that a case names the labels that it is about and not every
 * annotation.
 *
 * @param ruleFile where the rules of a group are
 */
export function promtoolFiles(cases: RuleCases, ruleFile: (group: string) => string): PromtoolFile[] {
  const sets = new Map<string, object[]>();
  for (const each of cases) {
    const key = JSON.stringify(each.groups);
    const tests = 'alert' in each ? alertTests(each) : recordTests(each);
    sets.set(key, [...(sets.get(key) ?? []), ...tests]);
  }
  return [...sets].map(([key, tests]) => {
    const groups = JSON.parse(key) as string[];
    return {
      rule_files: groups.map(ruleFile),
      evaluation_interval: interval,
      group_eval_order: groups,
      fuzzy_compare: true,
      tests,
    };
  });
}

const alertTests = ({ alert, fires, silent, nodata }: AlertCases): object[] => [
  ...fires.map((given) =>
    test(
      `${alert} fires when ${given.when}`,
      given,
      firing(alert, Object.keys(given.labels?.[0] ?? {})),
      (given.labels ?? [{}]).map((labels) => ({ labels: selector(labels), value: 1 })),
    ),
  ),
  ...(Array.isArray(silent) ? silent : []).map((given) =>
    test(`${alert} is silent when ${given.when}`, given, firing(alert), []),
  ),
  test(
    `${alert} is ${nodata.is} without data, since ${nodata.since}`,
    { when: '', series: {}, at: noDataAt },
    firing(alert),
    nodata.is === 'firing' ? [{ labels: '{}', value: 1 }] : [],
  ),
];

const recordTests = ({ record, is }: RecordCases): object[] =>
  is.map((given) =>
    test(
      `${record}: ${given.when}`,
      given,
      record,
      given.samples.map(({ labels, value }) => ({ labels: `${record}${selector(labels)}`, value })),
    ),
  );

const firing = (alert: string, by: readonly string[] = []) =>
  `group by (${by.join(', ')}) (ALERTS{alertname="${alert}",alertstate="firing"})`;

const selector = (labels: Readonly<Record<string, string>>) =>
  `{${Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(',')}}`;

const test = (name: string, { series, at, start }: Situation, expr: string, expected: object[]) => ({
  name,
  interval,
  ...(start !== undefined && { start_timestamp: start }),
  input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
  promql_expr_test: [{ expr, eval_time: at, exp_samples: expected }],
});

/** Alerts of rules by name, each once. */
export const alertNames = (groups: readonly RenderedGroup[]): string[] => [
  ...new Set(groups.flatMap(({ rules }) => rules.flatMap(({ alert }) => alert ?? []))),
];

/** Alerts that lack a kind of case, and cases of alerts that there are not. */
export function uncovered(cases: RuleCases, alerts: readonly string[]): string[] {
  const tested = cases.flatMap((each) => ('alert' in each ? each.alert : []));
  const twice = tested.filter((name, i) => tested.indexOf(name) !== i);
  return [
    ...alerts.filter((name) => !tested.includes(name)).map((name) => `${name} has no cases in tests/rules`),
    ...[...new Set(tested)]
      .filter((name) => !alerts.includes(name))
      .map((name) => `no rule has the alert ${name}`),
    ...twice.map((name) => `${name} has cases twice`),
  ];
}

/**
 * Reads a file of cases. Every scalar is a text there: to YAML the samples `0x40` are a hexadecimal number.
 *
 * @throws z.ZodError when it has another form
 */
export const readCases = (text: string): RuleCases => caseFile.parse(parse(text, { schema: 'failsafe' }));
