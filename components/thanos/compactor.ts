import * as pulumi from '@pulumi/pulumi';
import type { CentralConfig } from '../../config/central';
import * as k8s from '../foundation/kubernetes';
import type { SecretKeyRef } from '../foundation/references';
import type { ThanosArgs } from './metadata';
import { roles } from './roles';
import { service } from './service';
import { serviceMonitor } from './service-monitor';
import { commonFlags, dataPath, objstoreFlag, objstoreMount, statefulSet } from './workload';

const { compactor } = roles;

/**
 * Number of pods, exactly one: two that work on one bucket compact the same blocks, and both results overlap
 * for ever.
 */
const replicas = 1;

export interface CompactorArgs
  extends
    ThanosArgs,
    Pick<CentralConfig['compactor'], 'storage' | 'retention' | 'deleteDelay' | 'resources'> {
  storageClass: string;
  objstore: SecretKeyRef;
}

/** Arguments of the Compactor. */
export const compactorArguments = ({
  retention,
  deleteDelay,
  objstore,
}: Pick<CompactorArgs, 'retention' | 'deleteDelay' | 'objstore'>): string[] => [
  'compact',
  ...commonFlags,
  // Keep running, and look for work again every 5 minutes.
  '--wait',
  `--data-dir=${dataPath}`,
  objstoreFlag(objstore),
  `--retention.resolution-raw=${retention.raw.toString()}`,
  `--retention.resolution-5m=${retention.fiveMinutes.toString()}`,
  `--retention.resolution-1h=${retention.oneHour.toString()}`,
  // Store goes on with a replaced block until it has found the replacement.
  `--delete-delay=${deleteDelay.toString()}`,
  // Blocks of one time come from several ingestors; younger than this, one of them may still be uploading.
  '--consistency-delay=30m',
  // Late samples make blocks that overlap those of their time. Without it the Compactor halts at the first.
  '--compact.enable-vertical-compaction',
  // The copies that Receive's replication makes become one, and so do the parts of a series that moved within
  // the ring. They hold the same samples, which is what the default `--deduplication.func` (one to one) is
  // for. `penalty` is for pairs of Prometheus, which scrape at different moments; those stay apart in the
  // bucket and Query merges them.
  `--deduplication.replica-label=${roles.receive.replicaLabel}`,
  '--disable-admin-operations',
];

/**
 * Thanos Compactor: merges and downsamples the blocks of the bucket and deletes them when their retention is
 * over. Without it the bucket grows and long ranges get slow, but nothing is lost.
 *
 * A StatefulSet, since it never starts a pod before the one of that name has gone; and no disruption budget,
 * since it may be evicted at any time: it begins the unfinished compaction anew.
 */
export class Compactor extends pulumi.ComponentResource {
  constructor(name: string, args: CompactorArgs, opts: pulumi.ComponentResourceOptions) {
    super('monitoring:thanos:Compactor', name, {}, opts);
    const child = { parent: this };
    const { storage, storageClass, resources, objstore } = args;

    new k8s.core.v1.Service(compactor.service, service(compactor, args, { headless: true }), child);
    new k8s.apps.v1.StatefulSet(
      compactor.name,
      statefulSet(
        compactor,
        { ...args, replicas },
        { storage: { size: storage, className: storageClass } },
        {
          args: compactorArguments(args),
          resources,
          mounts: [objstoreMount(objstore)],
          checksums: { objstore: objstore.checksum },
        },
      ),
      child,
    );
    new k8s.CustomResource(compactor.name, serviceMonitor(compactor, args), child);
    this.registerOutputs({});
  }
}
