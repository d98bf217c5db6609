import { bucketPerDay } from '../capacity/bucket';
import { centralNeeds } from '../capacity/check';
import { total } from '../capacity/need';
import { planOf } from '../capacity/plan';
import { claimants, claimNames } from '../checks/claimants';
import { roles } from '../components/thanos/roles';
import type { CentralConfig, StepKey } from '../config/central';
import type { PlanFacts } from '../observability/rules/facts';

/** The container whose memory a key limits, where `capacity/` has a model of it. */
const containers: Readonly<Record<string, string>> = {
  'receive.resources.limits.memory': roles.receive.name,
  'receive.routers.resources.limits.memory': roles.receiveRouter.name,
  'prometheus.resources.limits.memory': 'prometheus',
  'store.resources.limits.memory': roles.store.name,
  'ruler.resources.limits.memory': roles.ruler.name,
};

/** What `capacity/` says of the configured stack, by the names that the running one has in metrics. */
export function planFacts(config: CentralConfig): PlanFacts {
  const plan = planOf(config);
  const needs = centralNeeds(plan).map(({ key, terms }) => ({ key, bytes: total(terms) }));
  const volumes = claimants(config);
  return {
    memory: Object.fromEntries(
      needs.flatMap(({ key, bytes }) => {
        const container = containers[key];
        return container === undefined ? [] : [[container, bytes] as const];
      }),
    ),
    volumes: Object.fromEntries(
      needs.flatMap(({ key, bytes }) => {
        const claimant = volumes[key as StepKey];
        const [first] = claimant ? claimNames(claimant) : [];
        return first === undefined ? [] : [[first.replace(/-\d+$/, ''), bytes] as const];
      }),
    ),
    bucketPerDay: bucketPerDay(plan),
  };
}
