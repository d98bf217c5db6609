import { allWell, judged, together, unknown, wrong, type Finding, type Observation } from '../finding';
import type { ConfigMap } from '../objects';
import type { Samples } from './samples';

export interface RingSeen {
  /** The ConfigMap of the hashring that the routers read. */
  ring: Observation<ConfigMap>;
  /** Whether a router has read its file the last time, by pod. */
  ringRead: Samples;
}

/**
 * Whether the routers have the stack's ring.
 *
 * @param file the hashring's file by the stack
 * @param key of the ConfigMap
 * @param routers how many there are
 */
export const ringIsRead =
  (file: string, key: string, routers: number) =>
  ({ ring, ringRead }: RingSeen): Finding => {
    const members = addresses(file);
    return together([
      judged(ring, ({ metadata, data }) => {
        const found = addresses(data[key] ?? '[]');
        return allWell(
          found.join() === members.join()
            ? []
            : [`${metadata.name} has ${found.length} members, ${pods(found)}, not ${pods(members)}`],
          `the ring is ${pods(members)}`,
          'Run pulumi up on the stack.',
        );
      }),
      judged(ringRead, (seen) => {
        if (seen.length === 0) {
          return unknown({
            why: 'Prometheus has nothing of the routers',
            fix: 'Look at their pods and targets.',
          });
        }
        const failed = seen
          .filter(({ value }) => value !== 1)
          .map(({ labels }) => labels['pod'] ?? 'a router');
        if (seen.length < routers) {
          return wrong(`${seen.length} of ${routers} routers tell of their ring`, 'Look at their pods.');
        }
        return allWell(
          failed.map((pod) => `${pod} could not read its ring`),
          `${seen.length} routers have read it`,
          'docs/runbooks/ThanosReceiveRingNotRead.md',
        );
      }),
    ]);
  };

function addresses(file: string): string[] {
  try {
    const rings = JSON.parse(file) as { endpoints?: { address: string }[] }[];
    return rings.flatMap(({ endpoints = [] }) => endpoints.map(({ address }) => address));
  } catch {
    // Somebody has edited it; then it has no member that is wanted.
    return [];
  }
}

const pods = (members: readonly string[]) =>
  members.map((address) => address.split('.')[0]).join(', ') || 'empty';
