import { largestEdge } from './agent';
import { longestBlock, tenantBytes } from './bucket';
import { compactor } from './constants';
import { times, type Need } from './need';
import type { Plan } from './plan';

/**
 * Volume of the Compactor: all sources of the largest group, two weeks of the largest tenant, and as much
 * again for the result (Thanos v0.42.4, docs/components/compact.md, "Disk"). Downsampling reads one block and
 * writes a smaller one.
 */
export function compactorDisk(plan: Plan): Need {
  const edge = tenantBytes(largestEdge(plan), plan.agents, longestBlock, plan);
  const central = tenantBytes(plan.central.series, plan.central.replicas, longestBlock, plan);
  const largest = Math.max(edge, central);
  const whose = edge >= central ? 'the largest edge' : 'the central cluster';
  return {
    component: 'compactor',
    resource: 'disk',
    key: 'compactor.storage',
    pods: 1,
    terms: [
      { what: `sources: ${longestBlock.toString()} of ${whose}`, bytes: largest },
      { what: 'the block made of them', bytes: largest },
    ],
  };
}

/**
 * Memory of the Compactor: symbols, postings and labels of the series of the largest group, which is one
 * tenant. A block of two weeks has more series than are active at a time, so each counts `compactor.churn`
 * times. Chunks go from file to file.
 */
export function compactorMemory(plan: Plan): Need {
  const series = Math.max(largestEdge(plan) * plan.agents, plan.central.series * plan.central.replicas);
  return {
    component: 'compactor',
    resource: 'memory',
    key: 'compactor.resources.limits.memory',
    pods: 1,
    terms: [
      { what: 'the process', bytes: compactor.memory },
      times(series * compactor.churn, 'series in a block of two weeks', compactor.memoryPerSeries),
    ],
  };
}

export const compactorNeeds = (plan: Plan): Need[] => [compactorMemory(plan), compactorDisk(plan)];
