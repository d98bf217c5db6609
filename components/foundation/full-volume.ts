import { ballastContainer } from './ballast';
import { gateMount, gateVolume, startGateContainer } from './start-gate';
import type { WatchedVolume } from './volume-script';

/**
 * What a pod has whose process must not meet a full volume: a ballast, and a gate that ends it in time and
 * holds its start. `volumeMounts` are those of the process' own container.
 *
 * @param end command that ends the process from beside it, where there is one
 */
export const fullVolume = (volume: WatchedVolume, end?: string) => ({
  initContainers: [ballastContainer(volume), startGateContainer(volume, end)],
  volumes: [gateVolume],
  volumeMounts: [gateMount],
});
