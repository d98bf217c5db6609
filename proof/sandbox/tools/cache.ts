import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { builtTools, downloadedTools, toolLinks } from '../paths';
import type { Tool } from './catalog';
import { isArchive } from './archive';
import type { Download } from './lock';

/** Folder of the Go modules that a tool is built from. */
export const sources = (tool: Tool): string => join(__dirname, tool.folder);

export const builtFile = (tool: Tool): string => join(builtTools, tool.name);
export const builtKeyFile = (tool: Tool): string => join(builtTools, `.${tool.name}.key`);

/** The version that go.mod pins, and a key that changes with anything the build depends on. */
export function pinned(tool: Tool): { version: string; key: string } {
  const folder = sources(tool);
  const hash = createHash('sha256').update(
    JSON.stringify([tool.package, tool.set ?? {}, ...(tool.lacks ? [tool.lacks] : [])]),
  );
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) =>
    /\.(go|mod|sum)$/.test(f),
  );
  for (const file of files.sort()) hash.update(file).update(readFileSync(join(folder, file)));
  const requirement = new RegExp(`^(?:require)?\\s+${tool.module} (v\\S+)`, 'm');
  const version = requirement.exec(readFileSync(join(folder, 'go.mod'), 'utf8'))?.[1];
  if (version === undefined) throw new Error(`${join(folder, 'go.mod')} does not require ${tool.module}`);
  return { version, key: hash.digest('hex') };
}

/** Whether a tool was built from what stands here now. */
export const isBuilt = (tool: Tool): boolean =>
  existsSync(builtFile(tool)) &&
  existsSync(builtKeyFile(tool)) &&
  readFileSync(builtKeyFile(tool), 'utf8') === pinned(tool).key;

/** Folder of what was downloaded from an address, less the sum at its end. */
export const downloadPrefix = ({ address }: Download): string =>
  `${address.replace(/^https:\/\//, '').replaceAll('/', '_')}-`;

export const downloadFolder = (download: Download, sha256: string): string =>
  join(downloadedTools, downloadPrefix(download) + sha256);

/** The program in such a folder. */
export const downloadedFile = (tool: string, download: Download, folder: string): string =>
  join(folder, isArchive(download.address) && download.file !== undefined ? download.file : tool);

/** What was downloaded and verified earlier. Where the lock holds no sum, the one verified then counts. */
export function downloadedEarlier(tool: string, download: Download): string | undefined {
  if (!existsSync(downloadedTools)) return undefined;
  const prefix = downloadPrefix(download);
  const found = readdirSync(downloadedTools)
    .filter((name) => name.startsWith(prefix) && /^[0-9a-f]{64}$/.test(name.slice(prefix.length)))
    .filter((name) => download.sha256 === undefined || name.endsWith(download.sha256))
    .map((name) => downloadedFile(tool, download, join(downloadedTools, name)));
  return found.find((file) => existsSync(file));
}

/** Puts an executable on the sandbox's PATH under a name. */
export function linkTool(name: string, target: string): void {
  mkdirSync(toolLinks, { recursive: true, mode: 0o700 });
  rmSync(join(toolLinks, name), { force: true });
  symlinkSync(target, join(toolLinks, name));
}
