import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { UserError } from '../command-line';
import { endOf } from '../programs';
import { write } from '../render/golden';
import { stackFilesOf } from '../render/stack-file';
import { configIn } from '../render/stack-file-content';
import type { Side } from './comparison';

/** A revision's stacks, by name. */
export type RenderedRevision = ReadonlyMap<string, Side>;

/** A checkout, and what its stacks are said to be deployed as. */
export interface Checkout {
  folder: string;
  /** Stacks as they were before, whose outputs the checks compare with. */
  last?: RenderedRevision;
}

/** What can be known of a stack file without the program. */
interface Known {
  file: string;
  stack: string;
  role: unknown;
  central: string | undefined;
}

/**
 * Renders all stack files of a checkout by its own `npm run render`, which is what two revisions have in
 * common: their code may differ in everything else. A stack that is refused does not keep the others from
 * being rendered.
 */
export async function renderedRevision(checkout: Checkout): Promise<RenderedRevision> {
  const sides = new Map<string, Side>();
  const known = stackFilesOf(checkout.folder).flatMap((path): Known[] => {
    const file = basename(path);
    const stack = /^Pulumi\.(.*)\.yaml$/.exec(file)?.[1] ?? file;
    try {
      const config = configIn(path);
      const central = config['monitoring:central'];
      return [
        {
          file,
          stack,
          role: config['monitoring:role'],
          central: typeof central === 'string' ? central.split('/').at(-1) : undefined,
        },
      ];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      sides.set(stack, { refused: error.message.replaceAll(path, file) });
      return [];
    }
  });
  const all = await attempt(checkout, known);
  if (all) return merged(sides, all);
  // The centres first, since no edge can be rendered without its own.
  const centres = known.filter(({ role }) => role === 'central');
  await apart(checkout, centres, sides);
  const bad = (central: string | undefined) => {
    const side = central === undefined ? undefined : sides.get(central);
    return side !== undefined && 'refused' in side;
  };
  const edges = known.filter(({ role }) => role !== 'central');
  for (const { stack, central } of edges.filter((edge) => bad(edge.central))) {
    sides.set(stack, { refused: `Not rendered: its central stack, ${String(central)}, is refused.` });
  }
  await apart(
    checkout,
    edges.filter((edge) => !bad(edge.central)),
    sides,
  );
  return sides;
}

/** Renders stacks in ever smaller parts, until those that are refused are alone. */
async function apart(checkout: Checkout, stacks: readonly Known[], sides: Map<string, Side>): Promise<void> {
  if (stacks.length === 0) return;
  const found = await attempt(checkout, stacks, (message) => {
    for (const { stack } of stacks) if (stacks.length === 1) sides.set(stack, { refused: message });
  });
  if (found) {
    merged(sides, found);
    return;
  }
  if (stacks.length === 1) return;
  const half = Math.ceil(stacks.length / 2);
  await apart(checkout, stacks.slice(0, half), sides);
  await apart(checkout, stacks.slice(half), sides);
}

function merged(sides: Map<string, Side>, more: RenderedRevision): Map<string, Side> {
  for (const [stack, side] of more) sides.set(stack, side);
  return sides;
}

/** Renders stacks together. @returns undefined when one of them is refused, which fails all */
async function attempt(
  { folder, last }: Checkout,
  stacks: readonly Known[],
  refused: (message: string) => void = () => undefined,
): Promise<RenderedRevision | undefined> {
  if (stacks.length === 0) return new Map();
  const out = mkdtempSync(join(tmpdir(), 'monitoring-rendered-'));
  try {
    const lastFolder = last && writeLast(last, join(out, 'last'));
    const files = stacks.map(({ file }) => file);
    const result = await program(folder, 'render', [
      ...files,
      ...['--out', join(out, 'now')],
      ...(lastFolder === undefined ? [] : ['--last', lastFolder]),
    ]);
    if (result.exitCode !== 0) {
      const said = (result.stderr || result.stdout).trim();
      const how = `npm run render ${endOf(result)}`;
      // Whoever was killed may have said something before, which is not why.
      refused(
        said === '' ? `${how} and said nothing` : result.signal === undefined ? said : `${how}\n${said}`,
      );
      return undefined;
    }
    return new Map(
      stacks.map(({ stack }) => [stack, { text: readFileSync(join(out, 'now', `${stack}.yaml`), 'utf8') }]),
    );
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function writeLast(last: RenderedRevision, folder: string): string {
  write(
    new Map(
      [...last].flatMap(([stack, side]) => ('text' in side ? [[`${stack}.yaml`, side.text] as const] : [])),
    ),
    folder,
  );
  return folder;
}

/** A program of a checkout, run as npm would, with the packages of that checkout. */
const program = (folder: string, name: string, args: readonly string[]) =>
  execa(process.execPath, ['--import', 'tsx', join('tools', name, 'main.ts'), ...args], {
    cwd: folder,
    reject: false,
  });

/** The page of `npm run capacity` of a stack file; undefined: the revision cannot say. */
export async function capacityPage(folder: string, stack: string): Promise<string | undefined> {
  const { stdout } = await program(folder, 'capacity', [`Pulumi.${stack}.yaml`]);
  return stdout.startsWith('\n') || stdout === '' ? undefined : stdout;
}
