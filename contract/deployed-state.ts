import type { CentralConfig, StepKey } from '../config/central';
import type { EdgeConfig, EdgeStepKey } from '../config/edge';
import type { Duration, Quantity } from '../config/units';
import { replicationFactor } from '../capacity/replication';
import type { CentralOutputs } from './central';
import type { EdgeOutputs } from './edge';

/** The output `deployed` of a stack of either role. */
export type Deployed = NonNullable<EdgeOutputs['deployed']> &
  Partial<Pick<NonNullable<CentralOutputs['deployed']>, 'retention'>>;

/** Outputs of a stack's last deployment, by its role; older releases lack some of them. */
export type LastOutputs = Partial<
  Pick<CentralOutputs, 'cluster' | 'bucket' | 'receive'> &
    Pick<EdgeOutputs, 'certificateEnd'> & { deployed: Deployed }
>;

/** The size of each volume of a central stack, by its key. */
export const volumes = (config: CentralConfig): Partial<Record<StepKey, Quantity>> => ({
  'prometheus.storage': config.prometheus.storage,
  'receive.storage': config.receive.storage,
  'store.storage': config.store.storage,
  'compactor.storage': config.compactor.storage,
  ...(config.ruler.enabled && { 'ruler.storage': config.ruler.storage }),
  'alertmanager.storage': config.alertmanager.storage,
  'grafana.storage': config.grafana.storage,
});

/** The same of an edge. */
export const edgeVolumes = ({ agent }: EdgeConfig): Partial<Record<EdgeStepKey, Quantity>> => ({
  'agent.storage': agent.storage,
});

/** How long samples stay in the bucket, by key. */
export const retention = ({
  compactor: { retention },
}: CentralConfig): Partial<Record<StepKey, Duration>> => ({
  'compactor.retention.raw': retention.raw,
  'compactor.retention.fiveMinutes': retention.fiveMinutes,
  'compactor.retention.oneHour': retention.oneHour,
});

const texts = (values: Readonly<Record<string, Quantity | Duration>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value.toString()]));

/** What the next run of an edge compares with: its output `deployed`. */
export const edgeDeployedState = (config: EdgeConfig): NonNullable<EdgeOutputs['deployed']> => ({
  storageClass: config.cluster.storageClass,
  volumes: texts(edgeVolumes(config)),
});

/** The same of a central stack. */
export const deployedState = (config: CentralConfig): NonNullable<CentralOutputs['deployed']> => ({
  storageClass: config.cluster.storageClass,
  volumes: texts(volumes(config)),
  retention: texts(retention(config)),
});

/** How many ingestors are in the ring; releases before the key `receive.ring` had them all in it. */
export const ringOf = ({ replicas, ring }: CentralOutputs['receive']): number => ring ?? replicas;

/** Whether a change takes ingestors out of the ring. */
export const ringShrinks = (last: LastOutputs | undefined, { ring }: CentralConfig['receive']): boolean =>
  last?.receive !== undefined && ring < ringOf(last.receive);

/** The output `receive`. */
export function receiveState(
  last: LastOutputs | undefined,
  receive: CentralConfig['receive'],
  now: Date,
): CentralOutputs['receive'] {
  const { replicas, ring, blockDuration } = receive;
  const shrunkAt = ringShrinks(last, receive) ? now.toISOString() : last?.receive?.ringShrunkAt;
  return {
    replicas,
    ring,
    replicationFactor: replicationFactor(ring),
    blockDuration: blockDuration.toString(),
    ...(ring < replicas && shrunkAt !== undefined && { ringShrunkAt: shrunkAt }),
  };
}
