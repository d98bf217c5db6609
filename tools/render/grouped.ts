import { named, type RegisteredResource, type ResourceOptions } from './registered';

/**
 * Names a component in `dependsOn` in place of everything in it. The SDK lists the resources one by one:
 * thirty network policies at each of nine components, so that one more would change the document in nine
 * places that are not about it.
 */
export function grouped(resources: readonly RegisteredResource[]) {
  const groups = membersByComponent(resources);
  return (options: ResourceOptions): ResourceOptions => {
    const all = new Set(options.dependsOn);
    if (all.size === 0) return options;
    const whole = [...groups].filter(([, members]) => members.every((member) => all.has(member)));
    const inside = new Set(whole.flatMap(([, members]) => members));
    // A component within one that is named already says nothing new.
    const outermost = whole.filter(
      ([, members]) =>
        !whole.some(
          ([, others]) =>
            others.length > members.length && members.every((member) => others.includes(member)),
        ),
    );
    const rest = [...all].filter((name) => !inside.has(name));
    return { ...options, dependsOn: [...outermost.map(([component]) => component), ...rest].sort() };
  };
}

/**
 * What each component holds, also inside other components, by `TYPE NAME`; without those that hold nothing.
 */
function membersByComponent(resources: readonly RegisteredResource[]): Map<string, string[]> {
  const parents = new Map(resources.map((resource) => [named(resource), resource.parent]));
  const groups = new Map<string, string[]>();
  for (const resource of resources.filter(({ custom }) => custom)) {
    for (let outer = resource.parent; outer !== undefined; outer = parents.get(outer)) {
      groups.set(outer, [...(groups.get(outer) ?? []), named(resource)]);
    }
  }
  return groups;
}
