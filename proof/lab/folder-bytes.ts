import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Bytes of the files below a folder, less those of blocks that are being written: their chunk file has its
 * whole length (512 MiB) from the beginning, for some seconds.
 *
 * @throws Error with code ENOENT when a file goes while it is being counted
 */
export function folderBytes(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.tmp-for-creation'))
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
