import {
  agentBatch,
  declaredHeadSeries,
  expectedRequest,
  leastConcurrency,
  memoryForConcurrency,
  writeConcurrency,
} from '../capacity/write-limits';
import type { CentralConfig } from '../config/central';
import type { Violation } from '../config/errors';

type Limits = Pick<CentralConfig, 'edges' | 'receive'>;

/** What must hold between an edge's series, its limits and the memory of the routers that enforce them. */
export const writeLimitViolations = (config: Limits): Violation[] => [
  ...config.edges.flatMap((_, i) => [...headSeries(config, i), ...requests(config, i)]),
  ...concurrency(config),
];

function headSeries(config: Limits, i: number): Violation[] {
  const edge = config.edges[i];
  const found = edge?.limits?.headSeries;
  if (!edge || found === undefined) return [];
  const least = declaredHeadSeries(edge.series);
  if (found >= least) return [];
  return [
    {
      key: `edges.${i}.limits.headSeries`,
      found: String(found),
      allowed: `at least ${least}, twice edges.${i}.series (${edge.series}): both agents send every series`,
      fix: `Raise it, or lower edges.${i}.series (by default edgeDefaults.series): the edge would be refused as it is declared.`,
    },
  ];
}

/** Agents drop what is answered with 413, so a request limit below their batch loses every sample. */
function requests(config: Limits, i: number): Violation[] {
  const request = config.edges[i]?.limits?.request;
  if (!request) return [];
  const key = `edges.${i}.limits.request`;
  const fix = 'Raise it: agents drop what is answered with 413.';
  const { size, series, samples } = request;
  const counts = [
    ['series', series, agentBatch.series],
    ['samples', samples, agentBatch.samples],
  ] as const;
  return [
    ...(size && size.bytes < agentBatch.size.bytes
      ? [
          {
            key: `${key}.size`,
            found: size.kubernetes,
            allowed: `at least ${agentBatch.size.kubernetes}: a batch of ${agentBatch.size.bytes / 1024} series of 1 KiB`,
            fix,
          },
        ]
      : []),
    ...counts
      .filter(([, found, least]) => found !== undefined && found < least)
      .map(([what, found, least]) => ({
        key: `${key}.${what}`,
        found: String(found),
        allowed: `at least ${least}: a batch of an agent, with exemplars`,
        fix,
      })),
  ];
}

function concurrency({ edges, receive }: Limits): Violation[] {
  const { memory } = receive.routers.resources.limits;
  const expected = expectedRequest(edges);
  if (writeConcurrency(memory, expected) >= leastConcurrency) return [];
  const i = edges.findIndex(({ limits }) => limits?.request?.size?.bytes === expected.bytes);
  const source = i < 0 ? 'a batch of an agent' : `edges.${i}.limits.request.size`;
  const least = Math.ceil(memoryForConcurrency(leastConcurrency, expected).bytes / 2 ** 20);
  return [
    {
      key: 'receive.routers.resources.limits.memory',
      found: memory.kubernetes,
      allowed: `at least ${least}Mi: ${leastConcurrency} requests at once of ${expected.kubernetes} each (${source})`,
      fix: 'Raise it, or lower the size: a router would be killed for memory, and with it the requests of all edges.',
    },
  ];
}
