import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../../tools/command-line';

/** Platforms for which the lock file must say where each tool comes from. */
export const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'] as const;

/** An official program of one platform. */
export interface Download {
  /** Program, or .tar.gz or .zip with it. */
  address: string;
  /** Of what stands at the address, in hex. */
  sha256?: string | undefined;
  /** Upstream's own checksum file. */
  checksums?: string | undefined;
  /** Path of the program in the archive. */
  file?: string | undefined;
}

export interface LockedTool {
  tool: string;
  version: string;
  /** By platform; `build` says why there is nothing to download. */
  platforms: Record<string, Download | { build: string }>;
}

export interface Lock {
  tools: LockedTool[];
}

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

const schema = z.strictObject({
  tools: z.array(
    z.strictObject({
      tool: z.string().min(1),
      version: z.string().min(1),
      platforms: z.record(z.string(), platform),
    }),
  ),
});

export const isArchive = (name: string): boolean => /\.(tar\.gz|tgz|zip)$/.test(name);

/** The committed file; SANDBOX_TOOLS_LOCK names another, for tests of downloads against a local server. */
export const lockFile = (): string => process.env['SANDBOX_TOOLS_LOCK'] ?? join(__dirname, 'tools.lock.json');

/**
 * Reads a lock file.
 *
 * @param names the tools that it must name, each once
 * @throws Error with every fault: tool, platform, what is wrong and what to do
 */
export function readLock(file: string, names: readonly string[]): Lock {
  let read: string;
  try {
    read = readFileSync(file, 'utf8');
  } catch {
    throw new UserError(
      `lock file ${file}: there is no such file. Restore it with git checkout, or unset SANDBOX_TOOLS_LOCK`,
    );
  }
  return parseLock(read, file, names);
}

/** The same from its text. */
export function parseLock(text: string, file: string, names: readonly string[]): Lock {
  const refuse = (faults: readonly string[]) =>
    new UserError([`lock file ${file}:`, ...faults.map((fault) => `  ${fault}`)].join('\n'));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw refuse([`is not JSON (${String(error)}). Restore it with git checkout`]);
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw refuse(parsed.error.issues.map((issue) => describe(issue, json)));
  const faults = missing(parsed.data as Lock, names);
  if (faults.length > 0) throw refuse(faults);
  return parsed.data as Lock;
}

/** The place by names where the JSON has them, since an index says little. */
function describe(issue: z.core.$ZodIssue, json: unknown): string {
  const [list, index, field, ...rest] = issue.path.map(String);
  if (list !== 'tools' || index === undefined)
    return `${issue.path.join('.') || 'the file'}: ${issue.message}`;
  const entry = (json as { tools: { tool?: unknown }[] }).tools[Number(index)];
  const tool = typeof entry?.tool === 'string' ? entry.tool : `tool number ${Number(index) + 1}`;
  const place = field === 'platforms' ? rest : [field, ...rest].filter((part) => part !== undefined);
  return `${[tool, ...place].join(', ')}: ${issue.message}`;
}

function missing({ tools }: Lock, names: readonly string[]): string[] {
  const count = (name: string) => tools.filter(({ tool }) => tool === name).length;
  return [
    ...names.flatMap((name) => {
      if (count(name) === 0) return [`${name}: is not named. Add its version and platforms`];
      return count(name) > 1 ? [`${name}: is named ${count(name)} times. Keep one entry`] : [];
    }),
    ...tools
      .filter(({ tool }) => !names.includes(tool))
      .map(({ tool }) => `${tool}: is no tool of the sandbox. Remove it`),
    ...tools.flatMap(({ tool, platforms: named }) => [
      ...platforms
        .filter((name) => named[name] === undefined)
        .map((name) => `${tool}, ${name}: is missing. Give address and sum, or "build" with the reason`),
      ...Object.keys(named)
        .filter((name) => !platforms.some((known) => known === name))
        .map((name) => `${tool}, ${name}: unknown platform; known are ${platforms.join(', ')}`),
    ]),
  ];
}
