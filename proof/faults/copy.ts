import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Fault } from './faults';

/** Copies the repository as it stands, without what git ignores, over what was there; packages are linked. */
export function copyRepository(repository: string, folder: string): void {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: repository,
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true, force: true });
  for (const file of listed.trimEnd().split('\n')) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(repository, file), join(folder, file));
  }
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
}

/** Runs an action while a fault is in the copy. */
export async function withFault<T>(folder: string, fault: Fault, action: () => Promise<T>): Promise<T> {
  const path = join(folder, fault.file);
  const before = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    before.replace(fault.text, () => fault.replacement),
  );
  try {
    return await action();
  } finally {
    writeFileSync(path, before);
  }
}
