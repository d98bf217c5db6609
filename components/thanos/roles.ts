import type { StepKey } from '../../config/central';
import { selectorLabels, type Labels } from '../foundation/labels';
import { chartPods } from '../prometheus-stack/addresses';
import { prometheusReplicaLabel } from '../prometheus-stack/external-labels';

/** What a role may do with the bucket's objects; each right includes the one before (`policy.ts`). */
export type BucketRights = 'read' | 'upload' | 'delete';

/** What is true of every role, also of the sidecar, which the operator deploys. */
export interface RoleFacts {
  /** The Service by whose DNS names and SRV records its pods are found. */
  service: string;
  /** Name and number of each port of its pods; Services, probes and SRV records use the names. */
  ports: Readonly<Record<string, number>>;
  /** Whether Query asks its pods for series. It needs a port `grpc` and a headless Service. */
  storeApi?: boolean;
  /** The configuration key that sizes each pod's volume; none: its pods keep nothing. */
  volume?: StepKey;
  /** The label that only tells copies of one series apart, one value for each pod; Query merges along it. */
  replicaLabel?: string;
  /** What it does in the bucket, as a user named like its key in the table; none: it never goes there. */
  bucket?: BucketRights;
}

/** A role that this project deploys itself. */
export interface Role extends RoleFacts {
  /** Name of its workload and of its other objects, and the label `job` of its metrics. */
  name: string;
  /** What selects its pods. */
  selector: Labels;
}

/** @param part the role's part in the whole, as Thanos' own manifests call it */
const role = <const Facts extends Partial<RoleFacts> & Pick<RoleFacts, 'ports'>>(
  name: string,
  part: string,
  facts: Facts,
) => ({ name, selector: selectorLabels(name, part), service: name, ...facts });

/** Thanos' own ports. */
const grpc = 10901;
const http = 10902;

/** The operator's name of the port of its reloader, beside the Ruler. */
export const reloaderPort = 'reloader-web';

/** Port of the HTTP API of Query and of query-frontend: Prometheus' own, which people and Grafana expect. */
const queryApi = 9090;

/**
 * `thanos-receiver` is what people of the old system know Receive by, all of it in one pod. Here it names
 * what they look for under it, which are three things:
 *
 * - the StatefulSet of the ingestors, whose pods are `thanos-receiver-0` and so on (their Service is
 *   `thanos-receiver-headless`);
 * - the Service of type LoadBalancer that edges write to, in front of the routers (`thanos-receive-router`);
 * - the host `thanos-receiver.DOMAIN` of that Service and its certificate, in the Secret
 *   `thanos-receiver-tls`.
 */
export const receiver = 'thanos-receiver';

/**
 * Every Thanos role of the central cluster, each a row: object names, ports, what it stores and what it may
 * do in the bucket. The keys are the configuration's. Network policies (`stacks/flows.ts`), the bucket's
 * users and policies (`components/object-store`), Services, ServiceMonitors and the labels that Query merges
 * along are made from it; tests hold it against what is deployed.
 *
 * A new role is a row here, a file that deploys it, and its constructor in `stacks/central-thanos.ts`. One
 * that goes to the bucket also needs a key in `secrets` of config/object-store.ts, and one with a volume a
 * key in `stepKeys` of config/central.ts; without them it does not compile.
 */
export const roles = {
  /** In Prometheus' pods. Its Service is the operator's, with a port `grpc` since the spec has `thanos`. */
  sidecar: {
    service: 'prometheus-operated',
    ports: { grpc, http },
    storeApi: true,
    replicaLabel: prometheusReplicaLabel,
    bucket: 'upload',
  },
  query: role('thanos-query', 'query-layer', { ports: { grpc, http: queryApi } }),
  queryFrontend: role('thanos-query-frontend', 'query-cache', { ports: { http: queryApi } }),
  receiveRouter: role('thanos-receive-router', 'thanos-receive-router', {
    ports: { grpc, http, 'remote-write': 19291 },
  }),
  /** The ingestors. */
  receive: role(receiver, 'thanos-receive-ingestor', {
    service: `${receiver}-headless`,
    ports: { grpc, http },
    storeApi: true,
    volume: 'receive.storage',
    replicaLabel: 'receive_replica',
    bucket: 'upload',
  }),
  store: role('thanos-store', 'object-store-gateway', {
    ports: { grpc, http },
    storeApi: true,
    volume: 'store.storage',
    bucket: 'read',
  }),
  compactor: role('thanos-compactor', 'database-compactor', {
    ports: { http },
    volume: 'compactor.storage',
    bucket: 'delete',
  }),
  /**
   * Its pods are the operator's. Their label `app.kubernetes.io/name` is always `thanos-ruler`, and the
   * replica label is fixed in it as well.
   */
  ruler: role('thanos-ruler', 'rule-evaluation-engine', {
    ports: { grpc, http, [reloaderPort]: chartPods.prometheus.ports.reloader },
    storeApi: true,
    volume: 'ruler.storage',
    replicaLabel: 'thanos_ruler_replica',
    bucket: 'upload',
  }),
} as const satisfies Record<string, RoleFacts>;

/** The ThanosRuler, whose name says that it is over all clusters, and what the operator makes of it. */
export const thanosRuler = { name: 'fleet', statefulSet: 'thanos-ruler-fleet', claim: 'data' };

/** Replica labels of earlier releases. What was uploaded with them stays in the bucket for its retention. */
const formerReplicaLabels = ['ruler_replica'];

/** The labels that Query merges along, also of roles that do not run: what they uploaded is in the bucket. */
export const replicaLabels: string[] = [
  ...Object.values(roles).flatMap((row) => ('replicaLabel' in row ? [row.replicaLabel] : [])),
  ...formerReplicaLabels,
];
