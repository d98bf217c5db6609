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
    ...lacking(keepMetrics).map((violation) => ({ key, ...violation })),
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

/**
 * What rules over all clusters read and the list lacks, in one message: by what becomes of an edge without
 * it.
 */
function lacking(keepMetrics: readonly string[]): Omit<Violation, 'key'>[] {
  const missing = Object.entries(metricsOfEdges).filter(([name]) => !keepMetrics.includes(name));
  if (missing.length === 0) return [];
  const whys = [...new Set(missing.map(([, why]) => why))];
  const names = (why: string) => missing.flatMap(([name, its]) => (its === why ? name : [])).join(', ');
  return [
    {
      found: `a list without ${missing.map(([name]) => name).join(', ')}`,
      allowed: 'a list with all that rules over all clusters read',
      fix: `Add ${whys.map((why) => `${names(why)} (${why})`).join('; ')}.`,
    },
  ];
}
