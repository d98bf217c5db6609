import { z } from 'zod';
import { isArchive } from './archive';

const address = z.string().regex(/^https:\/\/[^/\s]+\/\S+$/, 'must be an https:// address');

const platform = z
  .strictObject({
    address: address.optional(),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits')
      .optional(),
    checksums: address.optional(),
    file: z.string().min(1).optional(),
    build: z.string().min(1).optional(),
  })
  .superRefine((entry, context) => {
    const fail = (message: string) => {
      context.addIssue({ code: 'custom', message });
    };
    if (entry.build !== undefined) {
      if (Object.keys(entry).length > 1) fail('has "build" beside an address. Keep one of them');
    } else if (entry.address === undefined) {
      fail('has no address. Give one, or "build" with the reason why there is none');
    } else {
      if (entry.sha256 === undefined && entry.checksums === undefined)
        fail("holds no sum. Give sha256, or checksums: the address of upstream's checksum file");
      if (isArchive(entry.address) !== (entry.file !== undefined))
        fail('needs "file", the path of the program in it, if and only if the address is an archive');
    }
  });

const tool = z.strictObject({
  tool: z.string().min(1),
  version: z.string().min(1),
  platforms: z.record(z.string(), platform),
});

const schema = z.strictObject({ tools: z.array(tool) });

/** As much of a lock file as its faults of content need. */
const loosely = z.object({
  tools: z.array(
    z
      .object({ tool: z.string(), platforms: z.record(z.string(), z.unknown()).optional().catch(undefined) })
      .optional()
      .catch(undefined),
  ),
});
interface Named {
  tool: string;
  platforms?: Record<string, unknown> | undefined;
}

/**
 * Everything that is wrong with the content of a lock file, of shape and of content at once.
 *
 * @param names the tools that it must name, each once
 * @param platforms what each of them must have
 * @returns each as `TOOL, PLATFORM, FIELD: what is wrong and what to do`
 */
export function lockFaults(json: unknown, names: readonly string[], platforms: readonly string[]): string[] {
  const issues = schema.safeParse(json).error?.issues ?? [];
  const tools = loosely.safeParse(json).data?.tools.filter((entry) => entry !== undefined);
  return [
    ...issues.map((issue) => `${placeOf(issue.path.map(String), json)}: ${fault(issue, json)}`),
    ...(tools
      ? [...toolFaults(tools, names), ...tools.flatMap((entry) => platformFaults(entry, platforms))]
      : []),
  ];
}

/** The place by names where the JSON has them, since an index says little. */
function placeOf([list, index, field, ...rest]: readonly string[], json: unknown): string {
  if (list === undefined) return 'the file';
  if (list !== 'tools' || index === undefined) return list;
  const entry = (json as { tools: ({ tool?: unknown } | null)[] }).tools[Number(index)];
  const name = typeof entry?.tool === 'string' ? entry.tool : `tool number ${Number(index) + 1}`;
  const place = field === 'platforms' && rest.length > 0 ? rest : [field, ...rest];
  return [name, ...place.filter((part) => part !== undefined)].join(', ');
}

const kinds: Readonly<Partial<Record<string, string>>> = {
  string: 'a text',
  array: 'a list',
  record: 'an object',
  object: 'an object',
};

/** What is wrong, in words of ours; what the schema above says itself stays. */
function fault(issue: z.core.$ZodIssue, json: unknown): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `has the unknown ${issue.keys.map((key) => `"${key}"`).join(', ')}. Remove it, or correct its name`;
    case 'invalid_type': {
      const kind = kinds[issue.expected] ?? `of type ${issue.expected}`;
      return valueAt(json, issue.path) === undefined ? `is missing. Give ${kind}` : `must be ${kind}`;
    }
    case 'too_small':
      return 'is empty. Give a text';
    default:
      return issue.message;
  }
}

const valueAt = (json: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null)?.[key], json);

function toolFaults(tools: readonly Named[], names: readonly string[]): string[] {
  const count = (name: string) => tools.filter((entry) => entry.tool === name).length;
  return [
    ...names.flatMap((name) => {
      if (count(name) === 0) return [`${name}: is not named. Add its version and platforms`];
      return count(name) > 1 ? [`${name}: is named ${count(name)} times. Keep one entry`] : [];
    }),
    ...tools
      .filter((entry) => !names.includes(entry.tool))
      .map((entry) => `${entry.tool}: is no tool of the sandbox. Remove it`),
  ];
}

function platformFaults({ tool: name, platforms: given }: Named, platforms: readonly string[]): string[] {
  if (!given) return [];
  return [
    ...platforms
      .filter((known) => given[known] === undefined)
      .map((known) => `${name}, ${known}: is missing. Give address and sum, or "build" with the reason`),
    ...Object.keys(given)
      .filter((key) => !platforms.includes(key))
      .map((key) => `${name}, ${key}: unknown platform; known are ${platforms.join(', ')}`),
  ];
}
