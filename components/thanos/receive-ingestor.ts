import * as pulumi from '@pulumi/pulumi';
import type { CentralConfig } from '../../config/central';
import { Duration } from '../../config/units';
import { serviceHost } from '../foundation/dns';
import * as k8s from '../foundation/kubernetes';
import { outOfOrderWindow } from '../../capacity/outage';
import type { SecretKeyRef, StoreEndpoint } from '../foundation/references';
import { disruptionBudget } from './disruption-budget';
import type { ThanosArgs } from './metadata';
import { roles } from './roles';
import { service, storeEndpoint } from './service';
import { serviceMonitor } from './service-monitor';
import { commonFlags, dataPath, objstoreFlag, objstoreMount, statefulSet } from './workload';

const { receive: ingestor } = roles;

/** The label with the tenant, on every series. Receive sets it from the certificate, over a sender's own. */
export const tenantLabel = 'cluster';

/**
 * How far ahead of this cluster's clock a sample may be. Without a limit, one sender with a wrong clock moves
 * the head into the future, and everything correct that follows is refused as too old.
 */
const tooFarInFuture = Duration.parse('5m');

/** Thanos' own figure for Receive: it writes the head to a block and uploads it before it exits. */
const shutdown = Duration.parse('15m');

/**
 * Time until the HTTP server answers, which it does before the log is read (`startTSDBAndUpload` in Thanos
 * v0.42.4, cmd/thanos/receive.go): a long log delays readiness and is never cut off by a probe. This covers a
 * node that starts everything at once.
 */
const listening = Duration.parse('30m');

/**
 * Seconds between two restarts of an update. Query finds a returned ingestor within 30 s (its DNS interval)
 * on top of the 30 s that CoreDNS caches; going on earlier would take the next copy away while the first is
 * not asked yet.
 */
const minReadySeconds = 60;

/** Time that an ingestor takes besides its log: its pod starts, and a volume of many blocks is opened. */
const opening = Duration.parse('15m');

export interface ReceiveIngestorArgs
  extends
    ThanosArgs,
    Pick<
      CentralConfig['receive'],
      'replicas' | 'ring' | 'storage' | 'retention' | 'blockDuration' | 'resources'
    > {
  storageClass: string;
  /** The promised outage between an edge and the centre. */
  outage: Duration;
  /** Time to read the log at a start: `ingestorStartup` in capacity/startup.ts. */
  startup: Duration;
  objstore: SecretKeyRef;
}

/** Host and gRPC port of the first ingestors, in the order of their ordinals: the last ones leave first. */
export const ingestorAddresses = (count: number, args: ThanosArgs): string[] =>
  Array.from(
    { length: count },
    (_, ordinal) =>
      `${ingestor.name}-${ordinal}.${serviceHost(ingestor.service, args)}:${ingestor.ports.grpc}`,
  );

/** Arguments of an ingestor. Without a hashring among them, Receive is an ingestor and nothing else. */
export const ingestorArguments = ({
  retention,
  blockDuration,
  outage,
  objstore,
}: Pick<ReceiveIngestorArgs, 'retention' | 'blockDuration' | 'outage' | 'objstore'>): string[] => [
  'receive',
  ...commonFlags,
  `--tsdb.path=${dataPath}`,
  `--label=${ingestor.replicaLabel}="$(POD_NAME)"`,
  objstoreFlag(objstore),
  // Blocks that are not uploaded yet are kept beyond it.
  `--tsdb.retention=${retention.toString()}`,
  // Both are equal, or an ingestor would merge blocks before they are uploaded.
  `--tsdb.min-block-duration=${blockDuration.toString()}`,
  `--tsdb.max-block-duration=${blockDuration.toString()}`,
  // An agent sends what it buffered in an outage while the head has moved on; without the window that is
  // refused.
  `--tsdb.out-of-order.time-window=${outOfOrderWindow(outage).toString()}`,
  `--tsdb.too-far-in-future.time-window=${tooFarInFuture.toString()}`,
  `--receive.tenant-label-name=${tenantLabel}`,
];

/** Longest time of an update: one ingestor after the other, each with its whole shutdown and start. */
const rollout = ({ replicas, startup }: Pick<ReceiveIngestorArgs, 'replicas' | 'startup'>): Duration =>
  shutdown.plus(opening).plus(startup).plus(Duration.ofSeconds(minReadySeconds)).times(replicas);

/**
 * Thanos Receive's ingestors: they hold the newest samples of every edge and upload them as blocks. Without
 * them remote write is refused and the agents buffer.
 *
 * All are started and stopped at once (`Parallel`): after a power cut the others must not wait for the first.
 * An update still goes one by one.
 */
export class ReceiveIngestor extends pulumi.ComponentResource {
  readonly storeEndpoint: StoreEndpoint;
  /** What goes into the hashring; an ingestor outside of it keeps answering for what it holds. */
  readonly addresses: string[];

  constructor(name: string, args: ReceiveIngestorArgs, opts: pulumi.ComponentResourceOptions) {
    super('monitoring:thanos:ReceiveIngestor', name, {}, opts);
    const child = { parent: this };
    const { resources, storage, storageClass, objstore } = args;

    // Names must resolve before an ingestor is ready: a name that was missing once stays missing in DNS
    // caches for up to 30 s. An ingestor that is not ready refuses requests by itself, and the routers keep
    // trying.
    new k8s.core.v1.Service(
      ingestor.service,
      service(ingestor, args, { headless: true, publishNotReadyAddresses: true }),
      child,
    );
    const duration = `${rollout(args).seconds}s`;
    new k8s.apps.v1.StatefulSet(
      ingestor.name,
      statefulSet(
        ingestor,
        args,
        {
          storage: { size: storage, className: storageClass },
          podManagementPolicy: 'Parallel',
          minReadySeconds,
          ballast: true,
        },
        {
          args: ingestorArguments(args),
          resources,
          mounts: [objstoreMount(objstore)],
          checksums: { objstore: objstore.checksum },
          startup: listening,
          terminationGrace: shutdown,
        },
      ),
      { ...child, customTimeouts: { create: duration, update: duration, delete: duration } },
    );
    new k8s.policy.v1.PodDisruptionBudget(ingestor.name, disruptionBudget(ingestor, args), child);
    new k8s.CustomResource(ingestor.name, serviceMonitor(ingestor, args), child);

    this.storeEndpoint = storeEndpoint(ingestor, args);
    this.addresses = ingestorAddresses(args.ring, args);
    this.registerOutputs({});
  }
}
