import type { OutputSchema } from './schema';

/** What says nothing about a value: it may change. What else there is, is compared as it is. */
const compared = new Set([
  'properties',
  'required',
  'items',
  'additionalProperties',
  'enum',
  'type',
  'const',
]);
const free = new Set([
  '$schema',
  'description',
  'x-since',
  'x-secret',
  'minimum',
  'maximum',
  'propertyNames',
]);

/**
 * What outputs no longer keep of what a release promised. New outputs, new keys in them, and an optional
 * one that is always there now are no break; nor is anything where `contractVersion` has been raised.
 *
 * @param whose who exports them, such as `central`
 * @returns a message for each break: the output, what was promised since which version, what it is now,
 *   what to do
 */
export function breaks(whose: string, released: OutputSchema, current: OutputSchema): string[] {
  const [before, now] = [versionOf(released), versionOf(current)];
  if (now > before) return [];
  if (now < before) {
    return [
      `Contract version ${now} of ${whose} outputs is older than the released one, ${before}. Raise it.`,
    ];
  }
  const outputs = Object.entries(released.properties ?? {});
  return outputs.flatMap(([name, promise]) => {
    const since = promise['x-since'] ?? before;
    return broken(name, released, current).map(
      ({ path, was, is }) =>
        `Output ${path} of ${whose} stacks: ${was} since contract version ${since}, now ${is}. ` +
        `Other teams rely on it. Keep it and add another output beside it; or, if it must be, raise contractVersion in ` +
        `contract/central.ts to ${before + 1}, tell them in CHANGELOG.md, and run npm run contract -- --release.`,
    );
  });
}

const versionOf = ({ properties }: OutputSchema) => Number(properties?.['contractVersion']?.const);

interface Break {
  path: string;
  was: string;
  is: string;
}

/** What a key of an object no longer keeps, and what is in it. */
function broken(name: string, released: OutputSchema, current: OutputSchema, path = name): Break[] {
  const was = released.properties?.[name];
  const is = current.properties?.[name];
  if (!was) return [];
  if (!is) return [{ path, was: `${kind(was)} was promised`, is: 'it is gone' }];
  const must = released.required?.includes(name) && !current.required?.includes(name);
  return [
    ...(must ? [{ path, was: 'always there', is: 'it may be absent' }] : []),
    ...(secrecy(was) === secrecy(is) ? [] : [{ path, was: secrecy(was), is: secrecy(is) }]),
    ...changed(was, is, path),
  ];
}

const secrecy = (schema: OutputSchema) => (schema['x-secret'] ? 'a secret' : 'plain');

/** What a value no longer is; the first difference of a value hides those within it. */
function changed(was: OutputSchema, is: OutputSchema, path: string): Break[] {
  if (was.type !== is.type) return [{ path, was: kind(was), is: kind(is) }];
  if (was.const !== is.const) return [{ path, was: values([was.const]), is: values([is.const]) }];
  const added = (is.enum ?? []).filter((value) => was.enum && !was.enum.includes(value));
  if (added.length > 0 || (was.enum && !is.enum)) {
    return [
      { path, was: `one of ${values(was.enum ?? [])}`, is: is.enum ? `also ${values(added)}` : kind(is) },
    ];
  }
  const [restWas, restIs] = [rest(was), rest(is)];
  if (restWas !== '{}' && restWas !== restIs) return [{ path, was: restWas, is: restIs }];
  return [
    ...Object.keys(was.properties ?? {}).flatMap((key) => broken(key, was, is, `${path}.${key}`)),
    ...inner(was.items, is.items, `${path}[]`),
    ...inner(was.additionalProperties, is.additionalProperties, `${path}.*`),
  ];
}

function inner(was: OutputSchema | undefined, is: OutputSchema | undefined, path: string): Break[] {
  if (was === undefined) return [];
  return is === undefined ? [{ path, was: kind(was), is: 'anything' }] : changed(was, is, path);
}

/**
 * Formats, patterns and whatever the contract may use later: any difference is a break until it is told
 * here.
 */
const rest = (schema: OutputSchema) =>
  JSON.stringify(
    Object.fromEntries(Object.entries(schema).filter(([key]) => !compared.has(key) && !free.has(key))),
  );

const kind = ({ type = 'any value' }: OutputSchema) => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);

const values = (all: readonly unknown[]) => all.map((value) => JSON.stringify(value)).join(', ');
