import { parse } from 'yaml';
import { months } from '../../../config/alerting/time-intervals';
import { Duration, UnitError } from '../../../config/units';
import type { AlertmanagerFile } from '../../../components/prometheus-stack/alertmanager-config';
import { judged, together, unknown, well, wrong, type Finding, type Observation } from '../finding';

/** One Alertmanager's answer about itself, by its pod. */
export interface RunningConfig {
  pod: string;
  /** Its configuration as it says it: with every default, and secrets as `<secret>`. */
  original: string;
}

/**
 * Whether each Alertmanager runs what the stack renders. The operator reads it with a parser of its own, and
 * one that it refuses leaves the old one running: only its log says so.
 *
 * @param rendered none of its values is ever shown, and running ones neither: only where they differ
 */
export const configRuns =
  (rendered: AlertmanagerFile) =>
  ({ running }: { running: readonly Observation<RunningConfig>[] }): Finding =>
    together(
      running.length === 0
        ? [
            unknown({
              why: 'no pod of Alertmanager was found',
              fix: 'Run pulumi up on the stack, or look whether this is its cluster.',
            }),
          ]
        : running.map((one) => judged(one, (config) => judgeOne(rendered, config))),
    );

function judgeOne(rendered: AlertmanagerFile, { pod, original }: RunningConfig): Finding {
  const running = yaml(original);
  if (running === undefined) {
    return wrong(`${pod} says that it runs something that is no YAML`, 'Look whether it is an Alertmanager.');
  }
  const places = differences(rendered, running);
  if (places.length === 0) return well(`${pod} runs the rendered configuration`);
  const more = places.length > 3 ? ` and ${places.length - 3} more` : '';
  return wrong(
    `${pod} runs another configuration: ${places.slice(0, 3).join(', ')}${more}`,
    'Run pulumi up; if it is deployed, the log of the operator says what it refuses (docs/runbooks/AlertmanagerConfigNotLoaded.md).',
  );
}

function yaml(text: string): unknown {
  try {
    return parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * Where a running configuration is not as it was rendered. It may say more, since Alertmanager adds every
 * default, and the operator what AlertmanagerConfig objects of teams bring: their routes come first.
 */
export function differences(rendered: unknown, running: unknown, place = ''): string[] {
  if (Array.isArray(rendered)) return differentList(rendered, Array.isArray(running) ? running : [], place);
  if (!isMap(rendered)) return sameText(rendered, running) ? [] : [place];
  if (!isMap(running)) return [place];
  return Object.entries(rendered).flatMap(([key, value]) =>
    differences(value, running[key], place === '' ? key : `${place}.${key}`),
  );
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function differentList(rendered: unknown[], running: unknown[], place: string): string[] {
  const key = place.split('.').at(-1) ?? '';
  if (key.endsWith('matchers')) {
    const [one, other] = [rendered, running].map((list) => list.map(matcher).sort().join());
    return one === other ? [] : [place];
  }
  if (place === 'inhibit_rules') {
    return rendered.flatMap((rule, i) =>
      running.some((other) => differences(rule, other).length === 0) ? [] : [`${place}[${i}]`],
    );
  }
  if (place === 'receivers' || place === 'time_intervals') {
    return rendered.flatMap((each) => {
      const { name } = each as { name: string };
      const same = running.find((other) => isMap(other) && other['name'] === name);
      return differences(each, same, `${place}[${name}]`);
    });
  }
  // Those of teams stand before ours.
  const own = place === 'route.routes' ? running.slice(-rendered.length) : running;
  if (own.length !== rendered.length) return [place];
  return rendered.flatMap((each, i) => differences(each, own[i], `${place}[${i}]`));
}

/** `severity =~ "a|b"` and `severity=~"a|b"` are one. */
const matcher = (text: unknown): string =>
  String(text).replace(/^\s*([^\s=!~]+)\s*(=~|!~|!=|=)\s*"?(.*?)"?\s*$/, '$1$2$3');

/** Alertmanager leaves out what is empty, hides what may be secret, and writes durations its own way. */
function sameText(rendered: unknown, running: unknown): boolean {
  const [one, other] = [rendered ?? '', running ?? ''];
  if (other === '<secret>' && one !== '') return true;
  if (typeof one !== 'string' || typeof other !== 'string') return one === other;
  return (
    one === other ||
    numbered(one) === other ||
    (seconds(one) !== undefined && seconds(one) === seconds(other))
  );
}

function seconds(text: string): number | undefined {
  try {
    return Duration.parse(text).seconds;
  } catch (error) {
    if (error instanceof UnitError) return undefined;
    throw error;
  }
}

/** Alertmanager says months by their numbers. */
const numbered = (text: string): string =>
  text
    .split(':')
    .map((part) => String(months.indexOf(part) + 1 || part))
    .join(':');
