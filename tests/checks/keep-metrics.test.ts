import { ConfigError } from '../../config/errors';
import { checkedConfig } from '../../checks/config';
import { edgeRaw } from '../support/stack-configs';

function refused(keepMetrics: unknown): string[] {
  try {
    checkedConfig(edgeRaw({ 'agent.keepMetrics': keepMetrics }));
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n  ').slice(1);
    throw error;
  }
  return [];
}

describe('the metrics that an edge sends', () => {
  it('may be all, or a list with those that rules over all clusters read', () => {
    expect([refused(undefined), refused(['up']), refused(['node:cpu:sum', '_a', 'up'])]).toEqual([
      [],
      [],
      [],
    ]);
  });

  const lacking =
    'monitoring:agent.keepMetrics: found a list without up; allowed: a list with up, which rules over all clusters read. Add up: EdgeSilent would report an edge that does not send it as silent for ever.';

  it.each<[string, unknown, string[]]>([
    ['without up', ['a', 'upper'], [lacking]],
    [
      'that are none',
      [],
      [
        'monitoring:agent.keepMetrics: found an empty list; allowed: at least one metric. Remove the key to send everything: an empty list would keep nothing.',
      ],
    ],
    [
      'named twice',
      ['a', 'up', 'a', 'a'],
      [
        'monitoring:agent.keepMetrics.2: found a; allowed: each metric once. Remove it: agent.keepMetrics.0 is the same.',
        'monitoring:agent.keepMetrics.3: found a; allowed: each metric once. Remove it: agent.keepMetrics.0 is the same.',
      ],
    ],
    [
      'by a pattern',
      ['up', 'node_.*'],
      [
        'monitoring:agent.keepMetrics.1: found "node_.*"; allowed: the name of a metric (letters, digits, _ and :). Change it in the stack file.',
      ],
    ],
    [
      'that are numbers',
      [5],
      [
        'monitoring:agent.keepMetrics.0: found 5; allowed: the name of a metric. Change it in the stack file.',
      ],
    ],
    [
      'in one text',
      'up',
      [
        'monitoring:agent.keepMetrics: found "up"; allowed: a value of type array. Change it in the stack file.',
      ],
    ],
  ])('%s are refused', (_, keepMetrics, lines) => {
    expect(refused(keepMetrics)).toEqual(lines);
  });
});
