import { metricsOfEdges } from '../observability/rules/edge-metrics';
import type { EdgeConfig } from '../config/edge';
import type { Violation } from '../config/errors';

/** What must hold for the list of metrics that an edge sends. */
export function keepMetricsViolations({ agent: { keepMetrics } }: Pick<EdgeConfig, 'agent'>): Violation[] {
  if (!keepMetrics) return [];
  const key = 'agent.keepMetrics';
  if (keepMetrics.length === 0) {
    return [
      {
        key,
        found: 'an empty list',
        allowed: 'at least one metric',
        fix: 'Remove the key to send everything: an empty list would keep nothing.',
      },
    ];
  }
  return [
    ...Object.entries(metricsOfEdges)
      .filter(([name]) => !keepMetrics.includes(name))
      .map(([name, why]) => ({
        key,
        found: `a list without ${name}`,
        allowed: `a list with ${name}, which rules over all clusters read`,
        fix: `Add ${name}: ${why}.`,
      })),
    ...keepMetrics.flatMap((name, i) => {
      const first = keepMetrics.indexOf(name);
      if (first === i) return [];
      return [
        {
          key: `${key}.${i}`,
          found: name,
          allowed: 'each metric once',
          fix: `Remove it: ${key}.${first} is the same.`,
        },
      ];
    }),
  ];
}
