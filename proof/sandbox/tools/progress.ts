import { availableParallelism } from 'node:os';
import type { Tool } from './catalog';

/** Cores that the compiler was seen to use when there are more. */
const usefulCores = 8;

/**
 * Processor seconds that a megabyte of source took: 938 s on two quiet cores for the 351 MB of an earlier
 * build.
 */
const secondsPerMegabyte = 5.3;

/**
 * What linking takes, as source that took as long: a program that shares all of its packages is not there at
 * once.
 */
const linkMegabytes = 2;

/**
 * What a build says while it runs: the tool it is at, and about how long it still takes. The first estimate
 * comes from the source recorded in catalog.ts, later ones from how fast this machine was so far.
 *
 * @param tools in the order in which they are built
 * @param done how many of them are finished
 * @param elapsed seconds since the build began
 * @param finishedAt seconds from the beginning until the last of them was finished
 * @param cores of this machine
 */
export function progress(
  tools: readonly Pick<Tool, 'name' | 'sourceMegabytes'>[],
  done: number,
  elapsed: number,
  finishedAt: number,
  cores = availableParallelism(),
): string {
  const current = tools[done];
  if (current === undefined) return 'putting the programs in their place';
  const [finished, all] = [megabytes(tools.slice(0, done)), megabytes(tools)];
  const expected = (all * secondsPerMegabyte) / Math.min(cores, usefulCores);
  // Of little that is finished, little follows for the rest.
  const whole = finished / all > 0.1 ? (finishedAt * all) / finished : expected;
  const afterwards = (whole * megabytes(tools.slice(done + 1))) / all;
  const remaining = Math.max(whole - elapsed, afterwards);
  return `building ${current.name} (${done + 1} of ${tools.length}, ${left(remaining)})`;
}

const megabytes = (tools: readonly Pick<Tool, 'sourceMegabytes'>[]): number =>
  tools.reduce((total, { sourceMegabytes }) => total + sourceMegabytes + linkMegabytes, 0);

function left(seconds: number): string {
  if (seconds < 45) return 'under a minute left';
  return `about ${Math.round(seconds / 60)} min left`;
}
