import type { Container } from './pod';

/** A custom resource's containers over the operator's, those of one name as one, as in a strategic merge. */
export function merged(own: Container[], given: Container[] = []): Container[] {
  const names = own.map(({ name }) => name);
  return [
    ...own.map((mine) => over(mine, given.find(({ name }) => name === mine.name) ?? {}) as Container),
    ...given.filter(({ name }) => !names.includes(name)),
  ];
}

function over(below: unknown, above: unknown): unknown {
  if (Array.isArray(below) && Array.isArray(above)) {
    const key = (entry: unknown) => (entry as { name?: string } | null)?.name;
    const replaced = below.map(
      (entry: unknown) =>
        (above as unknown[]).find((other) => key(other) !== undefined && key(other) === key(entry)) ?? entry,
    );
    return [...replaced, ...(above as unknown[]).filter((entry) => !replaced.includes(entry))];
  }
  if (!isMap(below) || !isMap(above)) return above;
  const keys = [...new Set([...Object.keys(below), ...Object.keys(above)])];
  return Object.fromEntries(
    keys.map((key) => [
      key,
      key in above ? (key in below ? over(below[key], above[key]) : above[key]) : below[key],
    ]),
  );
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
