import type { Violation } from '../config/errors';
import type { Resources } from '../config/scalars';

const isResources = (value: object): value is Resources => 'requests' in value && 'limits' in value;

/** Every `resources` in the tree whose request exceeds its limit. */
export function resourceOrder(value: object, path = ''): Violation[] {
  if (isResources(value)) {
    const { requests, limits } = value;
    const pairs = [
      ['cpu', requests.cpu.millicores > limits.cpu.millicores, requests.cpu, limits.cpu],
      ['memory', requests.memory.bytes > limits.memory.bytes, requests.memory, limits.memory],
    ] as const;
    return pairs
      .filter(([, over]) => over)
      .map(([what, , request, limit]) => ({
        key: `${path}.requests.${what}`,
        found: request.kubernetes,
        allowed: `at most ${path}.limits.${what} (${limit.kubernetes})`,
        fix: 'Lower the request or raise the limit.',
      }));
  }
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? resourceOrder(inner, path ? `${path}.${key}` : key)
      : [],
  );
}
