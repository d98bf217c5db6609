import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run } from '../command';
import { downloadedTools } from '../paths';
import { downloadedFile, downloadFolder } from './cache';
import { ChecksumError, sumOf } from './checksums';
import { body, text, Unavailable } from './fetching';
import { isArchive } from './archive';
import type { Download } from './lock';

/** One promise an address: two tools may come from one archive. */
export type Downloads = Map<string, Promise<string>>;

/**
 * Downloads an official program, or the archive with it, into the cache. It becomes executable, and is
 * unpacked, only after its sum was found right, and lands by rename: what stands in the cache is whole.
 *
 * @param seconds without a byte after which it is given up
 * @returns the program
 * @throws ChecksumError when the bytes are not those that were promised; Unavailable when they cannot be had
 */
export async function download(
  tool: string,
  from: Download,
  underWay: Downloads,
  seconds?: number,
): Promise<string> {
  const folder = underWay.get(from.address) ?? downloaded(tool, from, seconds);
  underWay.set(from.address, folder);
  const file = downloadedFile(tool, from, await folder);
  if (!existsSync(file)) throw new Unavailable(`${from.address} holds no ${from.file ?? tool}`);
  return file;
}

async function downloaded(tool: string, from: Download, seconds?: number): Promise<string> {
  const expected = from.sha256 ?? (await upstreamSum(from, seconds));
  mkdirSync(downloadedTools, { recursive: true });
  const unfinished = mkdtempSync(join(downloadedTools, '.unfinished-'));
  try {
    const content = join(unfinished, 'content');
    // Opened before anything can fail: a stream that opens its file by itself may do so after the folder was
    // removed.
    const file = await open(content, 'w', 0o600);
    const hash = createHash('sha256');
    await pipeline(
      body(from.address, seconds),
      async function* (chunks) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          yield chunk;
        }
      },
      file.createWriteStream(),
    );
    const found = hash.digest('hex');
    if (found !== expected)
      throw new ChecksumError(
        from.address,
        expected,
        found,
        from.sha256 === undefined ? (from.checksums ?? '') : 'the lock file',
      );
    const whole = join(unfinished, 'whole');
    await unpack(tool, from, content, whole);
    const folder = downloadFolder(from, found);
    // Somebody else may have been faster; both hold the same bytes.
    if (!existsSync(folder)) renameSync(whole, folder);
    return folder;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

async function unpack(tool: string, from: Download, content: string, folder: string): Promise<void> {
  mkdirSync(folder, { mode: 0o755 });
  if (!isArchive(from.address)) {
    chmodSync(content, 0o755);
    renameSync(content, join(folder, tool));
    return;
  }
  // The tar of both systems reads .tar.gz, that of macOS also .zip, which is what is offered for macOS.
  await run('tar', ['-xf', content, '-C', folder], { log: `unpack-${tool}`, timeout: 120 });
}

async function upstreamSum(from: Download, seconds?: number): Promise<string> {
  const { checksums } = from;
  const sum = checksums === undefined ? undefined : sumOf(from.address, await text(checksums, seconds));
  if (sum === undefined)
    throw new Unavailable(`${checksums ?? 'the lock file'} holds no sum of ${from.address}`);
  return sum;
}
