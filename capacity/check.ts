import type { Violation } from '../config/errors';
import { largest } from '../config/scalars';
import { Quantity } from '../config/units';
import { agentDisk, agentMemory } from './agent';
import { kubeStateMetricsMemory } from './cluster-parts';
import { compactorNeeds } from './compactor';
import { quantity, size, sum, type Need } from './need';
import type { EdgePlan, Plan } from './plan';
import { prometheusNeeds } from './prometheus';
import { queryNeeds } from './query';
import { receiveNeeds } from './receive';
import { rulerNeeds } from './ruler';
import { storeNeeds } from './store';

/** Everything that the central cluster needs, by the key that must hold it. */
export const centralNeeds = (plan: Plan): Need[] => [
  ...receiveNeeds(plan),
  ...prometheusNeeds(plan),
  ...storeNeeds(plan),
  ...compactorNeeds(plan),
  ...rulerNeeds(plan),
  ...queryNeeds(plan),
  kubeStateMetricsMemory(plan.central.series),
];

/** Everything that an edge of so many series needs. */
export const edgeNeeds = (series: number, plan: EdgePlan): Need[] => [
  ...[agentMemory(series, plan), agentDisk(series, plan)].map((need) => ({ ...need, pods: plan.agents })),
  kubeStateMetricsMemory(series),
];

/**
 * The keys whose values cannot hold what is planned, each with its sum.
 *
 * @param needs what is needed, of `centralNeeds` or `edgeNeeds`
 * @param configured the parsed configuration that the needs' keys lead into
 * @param otherwise what else makes a need fit, as `receive.replicas to 4`
 */
export function capacityViolations(
  needs: readonly Need[],
  configured: object,
  otherwise: (need: Need, held: number) => readonly string[] = () => [],
): Violation[] {
  return needs.flatMap((need) => {
    const found = at(configured, need.key);
    const least = quantity(need);
    if (found.bytes >= least.bytes) return [];
    return [
      {
        key: need.key,
        found: found.kubernetes,
        allowed: `at least ${size(least.bytes)} = ${sum(need.terms)}`,
        fix: fixOf(need.key, least, otherwise(need, found.bytes)),
      },
    ];
  });
}

/** What to do: no key takes more than the largest machine has. */
function fixOf(key: string, least: Quantity, levers: readonly string[]): string {
  const most = Quantity.parse(key.endsWith('.memory') ? largest.memory : largest.volume);
  const listed = levers.length === 0 ? '' : `one of these: ${levers.join('; ')}`;
  if (least.bytes > most.bytes) {
    return `The key takes at most ${most.kubernetes}: ${listed === '' ? 'plan less of what the sum names' : `set ${listed}`}.`;
  }
  return `Raise it to ${suggested(least)}${listed && `, or set ${listed}`}, or say in acceptedRisks why it holds.`;
}

/** The next whole gibibyte or 128 mebibytes: what people write. */
function suggested(least: Quantity): string {
  const mebibytes = least.bytes / 2 ** 20;
  return mebibytes > 2048 ? `${Math.ceil(mebibytes / 1024)}Gi` : `${Math.ceil(mebibytes / 128) * 128}Mi`;
}

/** @throws Error when the key leads to no amount of bytes: a key of a need that the schema does not have. */
function at(configured: object, key: string): Quantity {
  let value: unknown = configured;
  for (const part of key.split('.')) {
    value =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined;
  }
  if (typeof value === 'object' && value !== null && 'bytes' in value) return value as Quantity;
  throw new Error(`monitoring:${key} is no amount of bytes`);
}
