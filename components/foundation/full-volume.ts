import { ballastContainer } from './ballast';
import { gateMount, gateVolume, startGateContainer } from './start-gate';
import type { WatchedVolume } from './volume-script';

/**
 * What a pod has whose process must not be started on a full volume: a ballast, and a gate before its starts.
 * `volumeMounts` are those of the process' own container.
 */
export const fullVolume = (volume: WatchedVolume) => ({
  initContainers: [ballastContainer(volume), startGateContainer(volume)],
  volumes: [gateVolume],
  volumeMounts: [gateMount],
});
