import { largestEdge } from './agent';
import { longestBlock, tenantBytes } from './bucket';
import type { Need } from './need';
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
