import { cpSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../command';
import { sources } from './cache';
import type { Tool } from './catalog';

/**
 * Gives a build files that a tool's module lacks: from a copy of the module as Go verified it, and a copy of
 * go.mod that names the copy in its place, since nothing may change in Go's own cache.
 *
 * @param folder empty, and there until the build has ended
 * @returns flags of `go build`; none when no tool lacks a file
 */
export async function addedFiles(tools: readonly Tool[], folder: string): Promise<string[]> {
  const lacking = tools.find(({ lacks }) => lacks !== undefined);
  if (lacking?.lacks === undefined) return [];
  const module = join(folder, 'module');
  cpSync(await moduleFolder(lacking), module, { recursive: true });
  await run('chmod', ['-R', 'u+w', module], { log: `build-${lacking.folder}` });
  for (const [file, content] of Object.entries(lacking.lacks)) {
    mkdirSync(dirname(join(module, file)), { recursive: true });
    writeFileSync(join(module, file), content);
  }
  const goMod = readFileSync(join(sources(lacking), 'go.mod'), 'utf8');
  writeFileSync(join(folder, 'go.mod'), `${goMod}\nreplace ${lacking.module} => ${module}\n`);
  copyFileSync(join(sources(lacking), 'go.sum'), join(folder, 'go.sum'));
  return [`-modfile=${join(folder, 'go.mod')}`];
}

/** Where Go has put a module, after it was downloaded and its sum compared with go.sum. */
async function moduleFolder(tool: Tool): Promise<string> {
  const answer = await run('go', ['mod', 'download', '-json', tool.module], {
    cwd: sources(tool),
    env: { GOFLAGS: '', GOWORK: 'off' },
    log: `build-${tool.folder}`,
  });
  return (JSON.parse(answer) as { Dir: string }).Dir;
}
