/** Versions that stand in more than one place: in what the linker sets, in go.mod and in the lock file. */
export const kubernetesVersion = '1.36.1';
export const pulumiVersion = '3.259.0';

/**
 * Of the Kubernetes provider where it is built: release 4.25.0 and what came until the commit that is pinned.
 */
export const pluginVersion = '4.25.0+f47bc2d6f199';

/**
 * Compares versions number by number, whatever stands between them: 1.36.1, 2025-09-07T16-13-09Z.
 *
 * @returns whether `version` is at least `least`
 */
export function atLeast(version: string, least: string): boolean {
  const [have, need] = [version, least].map((text) => (text.match(/\d+/g) ?? []).map(Number));
  for (const [index, number] of (need ?? []).entries()) {
    const difference = (have?.[index] ?? 0) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
