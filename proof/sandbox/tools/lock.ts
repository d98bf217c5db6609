import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError, whyUnreadable } from '../../../tools/command-line';
import { lockFaults } from './lock-faults';

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

/** The committed file; SANDBOX_TOOLS_LOCK names another, for tests of downloads against a local server. */
export const lockFile = (): string => process.env['SANDBOX_TOOLS_LOCK'] ?? join(__dirname, 'tools.lock.json');

/**
 * Reads a lock file.
 *
 * @param names the tools that it must name, each once
 * @throws UserError with every fault: tool, platform, what is wrong and what to do
 */
export function readLock(file: string, names: readonly string[]): Lock {
  let read: string;
  try {
    read = readFileSync(file, 'utf8');
  } catch (error) {
    const why = whyUnreadable(error);
    if (why === undefined) throw error;
    throw new UserError(
      `lock file ${file}: ${why}. Restore it with git checkout, or correct or unset SANDBOX_TOOLS_LOCK`,
      { cause: error },
    );
  }
  return parseLock(read, file, names);
}

/** The same from its text. */
export function parseLock(text: string, file: string, names: readonly string[]): Lock {
  const faults = faultsOf(text, names);
  if (faults.length === 0) return JSON.parse(text) as Lock;
  throw new UserError([`lock file ${file}:`, ...faults.map((fault) => `  ${fault}`)].join('\n'));
}

function faultsOf(text: string, names: readonly string[]): string[] {
  try {
    return lockFaults(JSON.parse(text), names, platforms);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [`is not JSON: ${error.message}. Restore it with git checkout`];
  }
}
