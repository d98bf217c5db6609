import { z } from 'zod';
import { count, duration, namespaceName, port, resources, volume, wait } from '../scalars';
import { labelValue } from '../texts';
import { allowedMatcher, labelPattern, parseMatcher } from './matchers';
import { receiver, watchdogAddresses } from './receivers';
import { name, timeInterval } from './time-intervals';

const matcher = () =>
  z.string({ error: allowedMatcher }).transform((text, context) => {
    const parsed = parseMatcher(text);
    if (parsed) return parsed;
    context.addIssue({ code: 'custom', message: allowedMatcher });
    return z.NEVER;
  });

const allowedLabel = 'the name of a label (ASCII letters, digits and _), or ... alone for all labels';

const groupBy = () =>
  z
    .array(
      z
        .string({ error: allowedLabel })
        .refine((text) => text === '...' || labelPattern.test(text), allowedLabel),
    )
    .refine((labels) => new Set(labels).size === labels.length, 'each label once')
    .refine((labels) => !labels.includes('...') || labels.length === 1, '... alone, or labels');

/**
 * How long Alertmanager remembers what it sent (`--data.retention`, the operator's default): after that it
 * repeats.
 */
export const longestRepeat = '5d';

/** Alertmanager wakes for each group once in its interval, so that `5ms` for `5m` would keep it awake. */
const often = { least: '1s' };

const times = {
  groupWait: wait().describe('how long the first alert of a group waits for others'),
  groupInterval: duration(often).describe('how often what has changed in a group is told'),
  repeatInterval: duration(often).describe(
    `how often what has not changed is told again; at most ${longestRepeat}, and no shorter than groupInterval`,
  ),
};

const values = (value: z.ZodType<string, string>) => z.array(value).min(1, 'at least one value').optional();

const allowedAlert = 'the name of an alert (ASCII letters, digits, _ and :)';

const alertName = () => z.string({ error: allowedAlert }).regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/, allowedAlert);

const severities = ['critical', 'warning', 'info'] as const;

const route = z.strictObject({
  receiver: name(),
  severity: z
    .array(z.enum(severities, { error: `one of ${severities.join(', ')}` }))
    .min(1, 'at least one severity')
    .optional(),
  cluster: values(labelValue()).describe(
    'values of the label `cluster`: edges by name, the centre by `cluster.label`',
  ),
  team: values(labelValue()).describe('values of the label `team`, which teams set on their rules'),
  alertname: values(alertName()),
  matchers: z
    .array(matcher())
    .default([])
    .describe('further conditions, in Alertmanager’s syntax: `namespace =~ "shop-.*"`'),
  groupBy: groupBy()
    .optional()
    .describe(
      'default: `default.groupBy`, and of edge alerts `alertname` alone: forty silent edges are one message',
    ),
  groupWait: times.groupWait.optional(),
  groupInterval: times.groupInterval.optional(),
  repeatInterval: times.repeatInterval.optional(),
  muteTimeIntervals: z.array(name()).default([]).describe('when nothing is told, by `timeIntervals`'),
  activeTimeIntervals: z
    .array(name())
    .min(1, 'at least one time interval: Alertmanager takes an empty list for always')
    .optional()
    .describe('when alone something is told, by `timeIntervals`; default: always'),
  continue: z.boolean().default(false).describe('true: later routes get the alert too'),
});

export type Route = z.output<typeof route>;

/** Alertmanager compares each alert with one route after the other, and so do the checks. */
const most = 500;

/** Alertmanager: where it runs, and who is told what. */
export const alertmanagerSchema = () =>
  z
    .strictObject({
      replicas: count(1, 9).default(2),
      storage: volume().prefault('1Gi').describe('silences, and what was told already'),
      resources: resources(['100m', '200m'], ['200Mi', '400Mi']),
      receivers: z
        .array(receiver())
        .max(most, `at most ${most} receivers`)
        .default([])
        .describe('who is told; none: alerts reach nobody (docs/alerting.md)'),
      default: z
        .strictObject({
          receiver: name().optional().describe('who gets what no route takes; default: the only receiver'),
          groupBy: groupBy()
            .default(['alertname', 'cluster', 'service'])
            .describe('what one message is about'),
          groupWait: times.groupWait.prefault('10s'),
          groupInterval: times.groupInterval.prefault('5m'),
          repeatInterval: times.repeatInterval.prefault('12h'),
        })
        .prefault({}),
      routes: z
        .array(route)
        .max(most, `at most ${most} routes`)
        .default([])
        .describe(
          'from the first to the last; the first that matches takes the alert, unless it says `continue`',
        ),
      timeIntervals: z.array(timeInterval()).default([]),
      watchdog: z
        .strictObject({
          ...watchdogAddresses(),
          // Services that call when nothing comes want a beat a minute and wait for five.
          every: duration({ least: '5s', most: '1d' })
            .prefault('1m')
            .describe('how often; the evaluators tell Alertmanager once a minute'),
        })
        .prefault({})
        .describe('dead man’s switch: outside addresses that hear from each evaluator all the time'),
      configNamespaces: z
        .array(namespaceName())
        .default(['monitoring'])
        .describe(
          'namespaces whose AlertmanagerConfig objects count, [] for none; outside of `monitoring` for alerts with that `namespace` alone',
        ),
      egress: z
        .array(port())
        .default([])
        .describe(
          'ports of receivers that no address here shows: of secret addresses other than 443, of AlertmanagerConfigs',
        ),
    })
    .prefault({});

export type AlertmanagerConfig = z.output<ReturnType<typeof alertmanagerSchema>>;

/** Who gets what no route takes; undefined without receivers. */
export const defaultReceiver = ({
  default: { receiver },
  receivers,
}: AlertmanagerConfig): string | undefined =>
  receiver ?? (receivers.length === 1 ? receivers[0]?.name : undefined);
