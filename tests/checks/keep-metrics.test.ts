import { ConfigError } from '../../config/errors';
import { checkedConfig } from '../../checks/config';
import { metricsOfEdges } from '../../observability/rules/edge-metrics';
import { edgeRaw } from '../support/stack-configs';

/** What rules read of every edge. */
const needed = Object.keys(metricsOfEdges);

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
    expect([refused(undefined), refused(needed), refused(['node:cpu:sum', '_a', ...needed])]).toEqual([
      [],
      [],
      [],
    ]);
  });

  it('are refused in one line that says what becomes of an edge without each', () => {
    const [line, ...rest] = refused(needed.filter((name) => !/^(up|kubelet_)/.test(name)));
    expect(rest).toEqual([]);
    expect(line).toBe(
      'monitoring:agent.keepMetrics: found a list without kubelet_volume_stats_available_bytes, kubelet_volume_stats_capacity_bytes, up; ' +
        'allowed: a list with all that rules over all clusters read. ' +
        'Add kubelet_volume_stats_available_bytes, kubelet_volume_stats_capacity_bytes (nobody would be told before its volumes are full); ' +
        'up (an edge that does not send it would be taken for silent, for ever).',
    );
  });

  it.each<[string, unknown, string[]]>([
    [
      'that are none',
      [],
      [
        'monitoring:agent.keepMetrics: found an empty list; allowed: at least one metric. Remove the key to send everything: an empty list would keep nothing.',
      ],
    ],
    [
      'named twice',
      ['a', ...needed, 'a', 'a'],
      [
        `monitoring:agent.keepMetrics.${needed.length + 1}: found a; allowed: each metric once. Remove it: agent.keepMetrics.0 is the same.`,
        `monitoring:agent.keepMetrics.${needed.length + 2}: found a; allowed: each metric once. Remove it: agent.keepMetrics.0 is the same.`,
      ],
    ],
    [
      'by a pattern',
      ['up', 'node_.*'],
      [
        'monitoring:agent.keepMetrics.1: found "node_.*"; allowed: the name of a metric (ASCII letters, digits, _ and :). Change it in the stack file.',
      ],
    ],
    [
      'that are numbers',
      [5],
      [
        'monitoring:agent.keepMetrics.0: found 5; allowed: the name of a metric. Write it in quotes: YAML has made a number of it.',
      ],
    ],
    [
      'in one text',
      'up',
      ['monitoring:agent.keepMetrics: found "up"; allowed: a list. Write it in brackets: [ ].'],
    ],
  ])('%s are refused', (_, keepMetrics, lines) => {
    expect(refused(keepMetrics)).toEqual(lines);
  });
});
