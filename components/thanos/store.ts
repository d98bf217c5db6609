import * as pulumi from '@pulumi/pulumi';
import { stringify } from 'yaml';
import type { CentralConfig } from '../../config/central';
import { Duration, type Quantity } from '../../config/units';
import * as k8s from '../foundation/kubernetes';
import type { SecretKeyRef, StoreEndpoint } from '../foundation/references';
import { disruptionBudget } from './disruption-budget';
import type { ThanosArgs } from './metadata';
import { roles } from './roles';
import { service, storeEndpoint } from './service';
import { serviceMonitor } from './service-monitor';
import { commonFlags, dataPath, objstoreFlag, objstoreMount, statefulSet } from './workload';

const { store } = roles;

/**
 * Interval at which the bucket is searched for new blocks. An ingestor that leaves uploads its newest hours,
 * and nobody answers for them until Store has found them: Thanos' default of 15 minutes would be too long.
 */
const syncInterval = Duration.parse('3m');

/**
 * Largest item of the index cache, as a share of it. Thanos' default is 125 MiB, whatever the cache's size: a
 * smaller cache would not even start, and a larger one could be filled by four items.
 */
const itemShare = 1 / 8;

export interface StoreArgs
  extends
    ThanosArgs,
    Pick<CentralConfig['store'], 'replicas' | 'storage' | 'indexCacheSize' | 'chunkPoolSize' | 'resources'> {
  storageClass: string;
  objstore: SecretKeyRef;
  /** `CentralConfig['compactor'].deleteDelay`: how long the Compactor keeps a block that it has replaced. */
  deleteDelay: Duration;
}

const indexCache = (size: Quantity): string =>
  stringify({
    type: 'IN-MEMORY',
    config: { max_size: size.thanos, max_item_size: size.times(itemShare).thanos },
  });

/** Arguments of Store. */
export const storeArguments = ({
  indexCacheSize,
  chunkPoolSize,
  objstore,
  deleteDelay,
}: Pick<StoreArgs, 'indexCacheSize' | 'chunkPoolSize' | 'objstore' | 'deleteDelay'>): string[] => [
  'store',
  ...commonFlags,
  `--data-dir=${dataPath}`,
  objstoreFlag(objstore),
  `--index-cache.config=${indexCache(indexCacheSize)}`,
  `--chunk-pool-size=${chunkPoolSize.thanos}`,
  // Index headers are mapped into memory when a query needs them: most old blocks are never asked for.
  '--store.enable-index-header-lazy-reader',
  `--sync-block-duration=${syncInterval.toString()}`,
  // Half the Compactor's delay: long enough for the replacement to be found, and well before the block is
  // gone.
  `--ignore-deletion-marks-delay=${deleteDelay.times(0.5).toString()}`,
  // Its page could mark blocks for deletion, without asking who is there.
  '--disable-admin-operations',
];

/**
 * Thanos Store: answers for what is in the bucket. Without it, queries see only what Prometheus and Receive
 * still hold. Its volume is a cache of index headers; lost, it is downloaded again.
 */
export class Store extends pulumi.ComponentResource {
  readonly storeEndpoint: StoreEndpoint;

  constructor(name: string, args: StoreArgs, opts: pulumi.ComponentResourceOptions) {
    super('monitoring:thanos:Store', name, {}, opts);
    const child = { parent: this };
    const { storage, storageClass, resources, objstore } = args;

    new k8s.core.v1.Service(store.service, service(store, args, { headless: true }), child);
    new k8s.apps.v1.StatefulSet(
      store.name,
      statefulSet(
        store,
        args,
        { storage: { size: storage, className: storageClass } },
        {
          args: storeArguments(args),
          resources,
          mounts: [objstoreMount(objstore)],
          checksums: { objstore: objstore.checksum },
        },
      ),
      child,
    );
    new k8s.policy.v1.PodDisruptionBudget(store.name, disruptionBudget(store, args), child);
    new k8s.CustomResource(store.name, serviceMonitor(store, args), child);

    this.storeEndpoint = storeEndpoint(store, args);
    this.registerOutputs({});
  }
}
