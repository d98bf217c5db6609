import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { run } from '../command';
import { builtTools } from '../paths';
import { addedFiles } from './added-files';
import { builtFile, builtKeyFile, pinned, sources } from './cache';
import type { Tool } from './catalog';
import { executables } from './path';
import { progress } from './progress';

/** Milliseconds between two looks at how far a build is. */
const interval = 2000;

/**
 * Builds tools from their Go modules. All of one folder go into one `go build`: what several of them need is
 * compiled once, and no core idles while one program is linked.
 *
 * @param say is told now and then which tool is built and how long it still takes
 * @throws Error that says what to install when Go is missing; CommandError when a build fails
 */
export async function build(wanted: readonly Tool[], say: (doing: string) => void): Promise<void> {
  if (wanted.length === 0) return;
  if (executables('go').length === 0) {
    const names = wanted.map(({ name }) => name).join(', ');
    throw new Error(
      `building ${names} needs Go. Install Go 1.21 or newer (https://go.dev/dl; it fetches the exact version by ` +
        'itself) and put it on PATH, then run the same command again.',
    );
  }
  mkdirSync(builtTools, { recursive: true });
  const began = Date.now();
  const order = byFolder(wanted).flat();
  const unfinished = mkdtempSync(join(builtTools, '.unfinished-'));
  const made = new Set<Tool>();
  let [last, finishedAt] = ['', 0];
  const tell = () => {
    const elapsed = (Date.now() - began) / 1000;
    const before = made.size;
    for (const tool of order) if (existsSync(join(unfinished, programName(tool)))) made.add(tool);
    if (made.size > before) finishedAt = elapsed;
    const doing = progress(order, made.size, elapsed, finishedAt);
    if (doing !== last) say(doing);
    last = doing;
  };
  tell();
  const timer = setInterval(tell, interval);
  try {
    for (const tools of byFolder(wanted)) {
      await goBuild(tools, unfinished);
      tell();
      for (const tool of tools) {
        renameSync(join(unfinished, programName(tool)), builtFile(tool));
        writeFileSync(builtKeyFile(tool), pinned(tool).key);
      }
    }
  } finally {
    clearInterval(timer);
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** In the order of the catalog, one list a folder. */
const byFolder = (wanted: readonly Tool[]): Tool[][] =>
  [...new Set(wanted.map(({ folder }) => folder))].map((folder) =>
    wanted.filter((tool) => tool.folder === folder),
  );

/** What `go build -o DIRECTORY/` calls a program: the last part of its package that is no major version. */
export function programName({ package: name, folder }: Pick<Tool, 'package' | 'folder'>): string {
  if (name === '.') return folder;
  const last = basename(name);
  return /^v\d+$/.test(last) ? basename(join(name, '..')) : last;
}

async function goBuild(tools: readonly Tool[], to: string): Promise<void> {
  const [first] = tools;
  if (!first) return;
  const variables = Object.entries(
    Object.assign({}, ...tools.map(({ set }) => set ?? {})) as Record<string, string>,
  );
  const tags = [...new Set(tools.flatMap((tool) => tool.tags ?? []))];
  const flags = [
    '-mod=readonly',
    '-trimpath',
    `-tags=${tags.join(',')}`,
    '-buildvcs=false',
    // The linker leaves debugging information out, so the compiler need not make it.
    '-gcflags=all=-dwarf=false',
    // A variable that a program does not have is ignored.
    `-ldflags=-s -w ${variables.map(([name, value]) => `-X ${name}=${value}`).join(' ')}`,
  ];
  const added = mkdtempSync(join(to, '.added-'));
  await run(
    'go',
    [
      'build',
      ...flags,
      ...(await addedFiles(tools, added)),
      '-o',
      `${to}/`,
      ...tools.map((tool) => tool.package),
    ],
    {
      cwd: sources(first),
      env: { CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off' },
      log: `build-${first.folder}`,
    },
  );
}
