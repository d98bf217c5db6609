import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { backend } from './environment';

/**
 * Removes the locks of pulumi processes that no longer run, so that a killed `up` can be repeated. Those of
 * running ones stay.
 */
export function clearDeadLocks(stack: string): void {
  const folder = join(backend, '.pulumi', 'locks', 'organization', 'monitoring', stack);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    const { pid } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { pid: number };
    if (!runs(pid)) rmSync(join(folder, name));
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
