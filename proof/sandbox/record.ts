import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterAccess } from '../../tools/kubernetes/kubeconfig';
import { state } from './paths';

/** What `down` and later commands must know of a sandbox. */
export interface Sandbox {
  /** Whether the clusters were given by --kubeconfig: then they stay. */
  given: boolean;
  clusters: Record<string, ClusterAccess>;
}

const file = join(state, 'sandbox.json');

export function remember(sandbox: Sandbox): void {
  mkdirSync(state, { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify(sandbox, null, 2), { mode: 0o600 });
}

/** The sandbox that was started, if any. */
export const recorded = (): Sandbox | undefined =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Sandbox) : undefined;
