import { query } from './constants';
import { times, type Need } from './need';
import type { Plan } from './plan';
import { readSeries } from './ruler';

/**
 * Memory of one Query: what the Ruler's rules read of it, all through one replica. What people ask is not
 * in it: nothing in Thanos 0.42.4 bounds it (docs/limits.md, What readers can do).
 */
export const queryMemory = (plan: Plan): Need => ({
  component: 'query',
  resource: 'memory',
  key: 'query.resources.limits.memory',
  pods: plan.query.replicas,
  terms: [
    { what: 'the process', bytes: query.memory },
    times(
      plan.ruler.replicas === 0 ? 0 : readSeries(plan),
      'series that rules read',
      query.memoryPerSeriesRead,
    ),
  ],
});

/** Memory of one query-frontend: its cache, twice, since Go's collector lets it grow before it is emptied. */
export const queryFrontendMemory = ({ queryFrontend }: Plan): Need => ({
  component: 'query-frontend',
  resource: 'memory',
  key: 'queryFrontend.resources.limits.memory',
  pods: queryFrontend.replicas,
  terms: [
    { what: 'the process', bytes: query.memory },
    { what: 'cache', bytes: queryFrontend.cacheSize.bytes },
    { what: 'as much again until it is collected', bytes: queryFrontend.cacheSize.bytes },
  ],
});

export const queryNeeds = (plan: Plan): Need[] => [queryMemory(plan), queryFrontendMemory(plan)];
