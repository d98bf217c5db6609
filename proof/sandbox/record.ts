import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterAccess } from '../../tools/kubernetes/kubeconfig';
import { state } from './paths';
import type { RealClusters } from './stack-config';

/** What `down` and later commands must know of a sandbox. */
export interface Sandbox {
  /**
   * How the stacks are made to fit clusters that were given by --kubeconfig, which stay; undefined:
   * kwokctl's.
   */
  real?: RealClusters;
  /** Access to each, by stack. */
  clusters: Record<string, ClusterAccess>;
  /** Folder of chart archives; undefined: the registry. */
  charts?: string | undefined;
  /** How the charts were found, for people. */
  chartsFrom?: string;
}

const file = join(state, 'sandbox.json');

export function remember(sandbox: Sandbox): void {
  mkdirSync(state, { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify(sandbox, null, 2), { mode: 0o600 });
}

/** The sandbox that was started, if any. */
export const recorded = (): Sandbox | undefined =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Sandbox) : undefined;
