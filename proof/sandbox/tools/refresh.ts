import { renameSync, writeFileSync } from 'node:fs';
import { sumOf } from './checksums';
import { text } from './fetching';
import type { Download, Lock } from './lock';

/**
 * Takes the sums of a lock file anew from upstream's checksum files: what is left to do once versions and
 * addresses were changed. What has no such file keeps its sum.
 *
 * @returns the new lock, and what changed, for people
 * @throws Unavailable when a checksum file cannot be read; Error when one names no sum
 */
export async function refreshed(lock: Lock): Promise<{ lock: Lock; changes: string[] }> {
  const changes: string[] = [];
  const files = new Map<string, Promise<string>>();
  const sum = async (tool: string, platform: string, download: Download): Promise<Download> => {
    const { checksums } = download;
    if (checksums === undefined) return download;
    const file = files.get(checksums) ?? text(checksums);
    files.set(checksums, file);
    const sha256 = sumOf(download.address, await file);
    if (sha256 === undefined)
      throw new Error(`${tool}, ${platform}: ${checksums} names no sum of ${download.address}`);
    if (sha256 !== download.sha256)
      changes.push(`${tool}, ${platform}: ${download.sha256 ?? 'no sum'} -> ${sha256}`);
    const { address, file: inside } = download;
    return { address, sha256, checksums, ...(inside !== undefined && { file: inside }) };
  };
  const tools = await Promise.all(
    lock.tools.map(async ({ tool, version, platforms }) => {
      const entries = Object.entries(platforms).map(async ([platform, entry]) => [
        platform,
        'address' in entry ? await sum(tool, platform, entry) : entry,
      ]);
      return { tool, version, platforms: Object.fromEntries(await Promise.all(entries)) as typeof platforms };
    }),
  );
  return { lock: { tools }, changes: changes.sort() };
}

/** Writes a lock file as it is committed; it lands by rename. */
export function writeLock(file: string, lock: Lock): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(lock, undefined, 2)}\n`);
  renameSync(`${file}.new`, file);
}
