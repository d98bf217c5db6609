import { header, store } from './constants';
import { times, type Need } from './need';
import type { Plan } from './plan';
import { longestBlock } from './bucket';

/**
 * Blocks of one tenant at steady state: twelve of 2 h and 8 h that are not merged yet, seven of 2 d, and one
 * for each 14 d of each resolution's retention.
 */
function blocksPerTenant({ compactor }: Plan): number {
  const long = [compactor.raw, compactor.fiveMinutes, compactor.oneHour].map(({ hours }) =>
    Math.ceil(hours / longestBlock.hours),
  );
  return 12 + 7 * 2 + long.reduce((sum, count) => sum + count, 0);
}

/** Series times blocks: what index headers are made of. */
function headerSeries(plan: Plan): number {
  const edges = plan.edges.reduce((sum, { series }) => sum + series * plan.agents, 0);
  return (edges + plan.central.series * plan.central.replicas) * blocksPerTenant(plan);
}

/** Memory of Store: its two caches, and what it knows of each block. Headers are mapped files, not memory. */
export const storeMemory = (plan: Plan): Need => ({
  component: 'store',
  resource: 'memory',
  key: 'store.resources.limits.memory',
  pods: plan.store.replicas,
  terms: [
    { what: 'the process', bytes: store.memory },
    { what: 'index cache', bytes: plan.store.indexCacheSize.bytes },
    { what: 'chunk pool', bytes: plan.store.chunkPoolSize.bytes },
    times((plan.edges.length + 1) * blocksPerTenant(plan), 'blocks', store.memoryPerBlock),
  ],
});

/** Volume of Store: the header of every block's index. */
export const storeDisk = (plan: Plan): Need => ({
  component: 'store',
  resource: 'disk',
  key: 'store.storage',
  pods: plan.store.replicas,
  terms: [times(headerSeries(plan), 'series in headers', header.perSeries)],
});

export const storeNeeds = (plan: Plan): Need[] => [storeMemory(plan), storeDisk(plan)];
