import type { Steps } from '../progress';
import { build } from './build';
import { builtFile, downloadedEarlier, isBuilt, linkTool, pinned } from './cache';
import type { Tool } from './catalog';
import { download, type Downloads } from './download';
import { reachable, Unavailable } from './fetching';
import { type Download, type Lock, type LockedTool } from './lock';
import type { Mode } from './mode';
import { onPath, type OnPath } from './path';

/** Where a tool comes from. */
type Source =
  | { from: 'path'; file: string }
  | { from: 'cache'; file: string; version: string; how: 'downloaded' | 'built' }
  | { from: 'download'; download: Download; version: string }
  | { from: 'build'; why: string };

/** Everything that decides where a tool comes from. */
export interface Supply {
  mode: Mode;
  lock: Lock;
  /** As in the lock file. */
  platform: string;
}

/** Of this machine. */
export const thisPlatform = `${process.platform}-${process.arch}`;

/**
 * Steps that find, download or build tools, and link them into the sandbox's folder on PATH.
 *
 * @param wanted in the order in which they are built
 * @param alsoBuilt what else goes into the same build, with its packages shared
 * @param link puts a program of a name on a PATH
 */
export function supplySteps(
  wanted: readonly Tool[],
  supply: Supply,
  alsoBuilt: () => Promise<readonly Tool[]> = () => Promise.resolve([]),
  link: (name: string, file: string) => void = linkTool,
): Steps {
  const sources = new Map<Tool, Source>();
  const underWay: Downloads = new Map();
  let also: readonly Tool[] = [];
  return [
    {
      title: 'where the tools come from',
      run: async (say) => {
        // At the same time: both may wait for hosts that do not answer.
        const [decided, more] = await Promise.all([survey(wanted, supply, say), alsoBuilt()]);
        for (const [tool, source] of decided) sources.set(tool, source);
        also = more;
        return summary([...sources.values()]);
      },
    },
    wanted.map((tool) => ({
      title: tool.name,
      run: async () => {
        const source = sources.get(tool);
        if (source === undefined) throw new Error(`${tool.name} was not looked for`);
        const { file, text, instead } = await obtain(tool, source, supply.mode, underWay);
        if (instead) sources.set(tool, instead);
        if (file !== undefined) link(tool.name, file);
        return text;
      },
    })),
    {
      title: 'build from Go modules',
      run: async (say) => {
        const missing = wanted.filter((tool) => sources.get(tool)?.from === 'build');
        await build([...missing, ...also], say);
        for (const tool of missing) link(tool.name, builtFile(tool));
        const built = [...missing, ...also].map((tool) => `${tool.name} ${pinned(tool).version}`);
        return built.join(', ') || 'nothing left to build';
      },
    },
  ];
}

/** Whether no tool would have to be downloaded or built. */
export const allThere = async (wanted: readonly Tool[], supply: Supply): Promise<boolean> =>
  (await present(wanted, supply)) !== undefined;

/** The programs of tools, by name; undefined when one would have to be downloaded or built. */
export async function present(
  wanted: readonly Tool[],
  supply: Supply,
): Promise<ReadonlyMap<string, string> | undefined> {
  const found = new Map<string, string>();
  for (const tool of wanted) {
    const file = (await onPath(tool)).file ?? cached(tool, supply)?.file;
    if (file === undefined) return undefined;
    found.set(tool.name, file);
  }
  return found;
}

/**
 * Decides for each tool, asking once which hosts answer.
 *
 * @throws Error that lists every tool that the mode does not allow to be had
 */
async function survey(
  wanted: readonly Tool[],
  supply: Supply,
  say: (text: string) => void,
): Promise<[Tool, Source][]> {
  const looked = await Promise.all(wanted.map(async (tool) => ({ tool, path: await onPath(tool) })));
  const found = looked.map(({ tool, path }) => ({
    tool,
    path,
    source: path.file !== undefined ? { from: 'path' as const, file: path.file } : cached(tool, supply),
  }));
  const missing = found.filter(({ source }) => source === undefined);
  if (supply.mode === 'path' && missing.length > 0) throw notOnPath(missing);
  for (const { tool, path } of found)
    for (const old of path.tooOld) say(`${tool.name}: ${old}; it is passed over`);

  const addresses = missing.flatMap(({ tool }) => official(tool, supply)?.download.address ?? []);
  const answering = supply.mode === 'build' ? new Set<string>() : await reachable(addresses);
  const decided = found.map(({ tool, source }): [Tool, Source] => [
    tool,
    source ?? elsewhere(tool, supply, answering),
  ]);
  const impossible = decided.filter(([, source]) => supply.mode === 'download' && source.from === 'build');
  if (impossible.length > 0)
    throw new Error(
      [
        'SANDBOX_TOOLS=download, and these cannot be downloaded:',
        ...impossible.map(([{ name }, source]) => `  ${name}: ${source.from === 'build' ? source.why : ''}`),
        'Put them on PATH, or set SANDBOX_TOOLS=auto, which builds them.',
      ].join('\n'),
    );
  return decided;
}

function notOnPath(missing: readonly { tool: Tool; path: OnPath }[]): Error {
  const lines = missing.map(({ tool, path }) => `  ${tool.name}: ${path.tooOld.join('; ') || 'not found'}`);
  return new Error(
    [
      'SANDBOX_TOOLS=path, and PATH lacks:',
      ...lines,
      'Install them, or set SANDBOX_TOOLS=auto, which downloads or builds them.',
    ].join('\n'),
  );
}

function cached(tool: Tool, { mode, lock, platform }: Supply): (Source & { from: 'cache' }) | undefined {
  if (mode === 'path') return undefined;
  const locked = official(tool, { lock, platform });
  const file = locked && mode !== 'build' ? downloadedEarlier(tool.name, locked.download) : undefined;
  if (file !== undefined && locked)
    return { from: 'cache', file, version: locked.version, how: 'downloaded' };
  if (mode === 'download' || !isBuilt(tool)) return undefined;
  return { from: 'cache', file: builtFile(tool), version: pinned(tool).version, how: 'built' };
}

function elsewhere(tool: Tool, supply: Supply, answering: ReadonlySet<string>): Source {
  if (supply.mode === 'build') return { from: 'build', why: 'SANDBOX_TOOLS=build' };
  const locked = official(tool, supply);
  if (!locked) return { from: 'build', why: whyBuilt(tool, supply) };
  const { host } = new URL(locked.download.address);
  if (!answering.has(locked.download.address)) return { from: 'build', why: `${host} does not answer` };
  return { from: 'download', ...locked };
}

interface Official {
  download: Download;
  version: string;
}

/** What upstream offers of a tool for a platform. */
function official(tool: Tool, { lock, platform }: Omit<Supply, 'mode'>): Official | undefined {
  const locked = entry(tool, lock);
  const download = locked?.platforms[platform];
  return locked && download && 'address' in download ? { download, version: locked.version } : undefined;
}

function whyBuilt(tool: Tool, { lock, platform }: Supply): string {
  const place = entry(tool, lock)?.platforms[platform];
  return place && 'build' in place ? place.build : `the lock file has no ${tool.name} for ${platform}`;
}

const entry = (tool: Tool, lock: Lock): LockedTool | undefined =>
  lock.tools.find((locked) => locked.tool === tool.name);

interface Obtained {
  file?: string;
  text: string;
  /** Where it comes from instead, since it could not be downloaded. */
  instead?: Source;
}

async function obtain(tool: Tool, source: Source, mode: Mode, underWay: Downloads): Promise<Obtained> {
  switch (source.from) {
    case 'path':
      return { file: source.file, text: source.file };
    case 'cache':
      return { file: source.file, text: `${source.version}, ${source.how} earlier` };
    case 'build':
      return { text: `to be built: ${source.why}` };
    case 'download':
      try {
        const file = await download(tool.name, source.download, underWay);
        return { file, text: `${source.version}, downloaded` };
      } catch (error) {
        if (!(error instanceof Unavailable) || mode === 'download') throw error;
        return { text: `to be built: ${error.message}`, instead: { from: 'build', why: error.message } };
      }
  }
}

function summary(sources: readonly Source[]): string {
  const count = (from: Source['from'], text: string) => {
    const number = sources.filter((source) => source.from === from).length;
    return number === 0 ? [] : [`${number} ${text}`];
  };
  return [
    ...count('path', 'on PATH'),
    ...count('cache', 'in the cache'),
    ...count('download', 'to download'),
    ...count('build', 'to build'),
  ].join(', ');
}
