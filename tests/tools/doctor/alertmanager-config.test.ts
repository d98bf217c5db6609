import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { AlertmanagerFile } from '../../../components/prometheus-stack/alertmanager-config';
import { configRuns, differences } from '../../../tools/doctor/checks/alertmanager-config';

const recorded = (name: string) => readFileSync(join(__dirname, 'recorded', name), 'utf8');

/**
 * A configuration with every kind of receiver as it was rendered once, and what Alertmanager 0.34.0 answered
 * on /api/v2/status while it ran it.
 */
const rendered = parse(recorded('alertmanager-rendered.yaml')) as AlertmanagerFile;
const original = recorded('alertmanager-original.yaml');

interface Running {
  global: { resolve_timeout: string };
  route: { group_wait: string; routes: { receiver: string; matchers: string[] }[] };
  receivers: { name: string; slack_configs?: { channel: string }[] }[];
  inhibit_rules: object[];
  templates: string[];
}

const running = (change: (config: Running) => unknown = () => undefined): Running => {
  const config = parse(original) as Running;
  change(config);
  return config;
};

describe('the configuration of a running Alertmanager', () => {
  it('is the rendered one, though it writes it its own way and with every default', () => {
    expect(differences(rendered, running())).toEqual([]);
  });

  it('may have routes, receivers and inhibitions of teams before ours', () => {
    const more = running(({ route, receivers, inhibit_rules }) => {
      route.routes.unshift({ receiver: 'shop/routes/shop', matchers: ['namespace="shop"'] });
      receivers.unshift({ name: 'shop/routes/shop' });
      inhibit_rules.unshift({ source_matchers: ['a="b"'], target_matchers: ['c="d"'] });
    });
    expect(differences(rendered, more)).toEqual([]);
  });

  it.each<[string, (config: Running) => unknown, string[]]>([
    ['another time', ({ route }) => (route.group_wait = '11s'), ['route.group_wait']],
    ['a route that is gone', ({ route }) => route.routes.pop(), ['route.routes']],
    [
      'another condition',
      ({ route }) => (route.routes[1] = { receiver: 'none', matchers: ['severity="info"'] }),
      ['route.routes[1].matchers'],
    ],
    [
      'a receiver that is gone',
      ({ receivers }) =>
        receivers.splice(
          receivers.findIndex(({ name }) => name === 'shop'),
          1,
        ),
      ['receivers[shop]'],
    ],
    ['an inhibition that is gone', ({ inhibit_rules: rules }) => rules.shift(), ['inhibit_rules[0]']],
    ['templates that are not loaded', (config) => (config.templates = []), ['templates']],
  ])('differs by %s', (_, change, places) => {
    const found = differences(rendered, running(change));
    expect(found.slice(0, 1)).toEqual(places);
  });

  it('is wrong where it is no YAML', () => {
    expect(configRuns(rendered)({ running: [{ value: { pod: 'am-0', original: 'a: [' } }] })).toEqual({
      status: 'wrong',
      found: 'am-0 says that it runs something that is no YAML',
      fix: 'Look whether it is an Alertmanager.',
    });
  });

  it('is never repeated in what is told', () => {
    const other = running(({ receivers }) => {
      for (const { slack_configs: slack = [] } of receivers)
        for (const each of slack) each.channel = '#private';
    });
    const found = configRuns(rendered)({ running: [{ value: { pod: 'am-0', original: stringify(other) } }] });
    expect(found).toEqual({
      status: 'wrong',
      found:
        'am-0 runs another configuration: receivers[platform].slack_configs[0].channel, receivers[shop].slack_configs[0].channel',
      fix: 'Run pulumi up; if it is deployed, the log of the operator says what it refuses (docs/runbooks/AlertmanagerConfigNotLoaded.md).',
    });
  });
});
