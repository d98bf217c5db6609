import type { Assumptions } from './assumption';
import { clusterAssumptions } from './cluster';
import { networkAssumptions } from './network';

/** Every assumption about a cluster: docs/assumptions.md is made from it, and tests hold it. */
export const assumptions: readonly Assumptions[] = [...networkAssumptions, ...clusterAssumptions];

/** Everything in rendered objects that rests on an assumption. */
export const assumed: readonly string[] = assumptions.flatMap(({ all }) =>
  all.flatMap(({ constants = [] }) => constants),
);
