import * as pulumi from '@pulumi/pulumi';
import type { CentralConfig } from '../../config/central';
import { Duration } from '../../config/units';
import { serviceHost } from '../foundation/dns';
import * as k8s from '../foundation/kubernetes';
import { configMapMount, secretMount } from '../foundation/pod';
import { disruptionBudget } from './disruption-budget';
import { replicationFactor } from '../../capacity/replication';
import { hashringFile } from './hashring';
import { tenantLabel } from './receive-ingestor';
import { limitsFile, type LimitsArgs } from './receive-limits';
import { metadata, type ThanosArgs } from './metadata';
import { receiver, roles } from './roles';
import { service } from './service';
import { serviceMonitor } from './service-monitor';
import { commonFlags, deployment } from './workload';

const { receiveRouter: router } = roles;

/** The port that edges write to, of the pods and of the load balancer. */
const remoteWrite = 'remote-write';
const remoteWritePort = router.ports[remoteWrite];
const remoteWritePath = '/api/v1/receive';

/** The hashring's file, as a key of its ConfigMap and where a router finds it. */
export const hashring = { key: 'hashrings.json', path: '/etc/thanos/hashring' };
const limits = { key: 'limits.yaml', path: '/etc/thanos/limits', configMap: 'thanos-receive-limits' };

/**
 * The ConfigMap of the hashring, one for each replication factor. A router exits when its ring gets smaller
 * than the factor it was started with; so a change of the factor reaches new routers alone, and the old ones
 * keep their ring until they go.
 */
export const hashringConfigMap = (ingestors: number) =>
  `thanos-receive-hashring-rf${replicationFactor(ingestors)}`;

const serverTlsPath = '/etc/thanos/tls/server';
const clientCaPath = '/etc/thanos/tls/client-ca';

/**
 * How long an ingestor may take to accept a request. Half of the agents' own timeout of 30 s, so that they
 * get a true answer; Thanos' default of 5 s is shorter than an ingestor's pause while it cuts a block.
 */
const forwardTimeout = Duration.parse('15s');

/**
 * Interval at which the hashring is read again. Kubernetes changes a mounted ConfigMap by swapping a link,
 * which the routers' watch of the file misses, so this is what brings a change; Thanos' default is 5 minutes.
 */
const hashringRefresh = Duration.parse('1m');

/** The server's certificate and the clients' authorities, with which the routers end mutual TLS. */
export interface ReceiveTls {
  /**
   * Secret of type kubernetes.io/tls with the server's certificate. Its renewal is read from the file,
   * without a restart.
   */
  server: { secretName: pulumi.Input<string> };
  /**
   * ConfigMap with the authorities that client certificates must come from. Read only at the start, hence its
   * hash.
   */
  clientCa: { name: pulumi.Input<string>; key: string; checksum: pulumi.Input<string> };
}

export interface ReceiveRouterArgs
  extends ThanosArgs, Pick<CentralConfig['receive']['routers'], 'replicas' | 'resources'> {
  /** `ReceiveIngestor.addresses`. */
  ingestors: string[];
  limits: LimitsArgs;
  tls: ReceiveTls;
  /** DNS name that edges write to; the server's certificate must be for it. */
  hostname: string;
  loadBalancer: CentralConfig['receive']['loadBalancer'];
}

/** Arguments of a router. With a hashring that lacks itself, Receive is a router and nothing else. */
export const routerArguments = (ingestors: number, clientCaKey: string): string[] => [
  'receive',
  ...commonFlags,
  // Thanos demands a label even from a router, which has no series to put it on.
  `--label=${roles.receive.replicaLabel}="$(POD_NAME)"`,
  `--receive.hashrings-file=${hashring.path}/${hashring.key}`,
  '--receive.hashrings-algorithm=ketama',
  `--receive.hashrings-file-refresh-interval=${hashringRefresh.toString()}`,
  `--receive.replication-factor=${replicationFactor(ingestors)}`,
  `--receive-forward-timeout=${forwardTimeout.toString()}`,
  `--receive.limits-config-file=${limits.path}/${limits.key}`,
  // The tenant is what the authority has certified; the header that a sender may set is not read at all.
  '--receive.tenant-certificate-field=commonName',
  `--receive.tenant-label-name=${tenantLabel}`,
  `--remote-write.server-tls-cert=${serverTlsPath}/tls.crt`,
  `--remote-write.server-tls-key=${serverTlsPath}/tls.key`,
  `--remote-write.server-tls-client-ca=${clientCaPath}/${clientCaKey}`,
];

/** The Service of type LoadBalancer that edges reach, for remote write alone. */
export function remoteWriteLoadBalancer(
  args: Pick<ReceiveRouterArgs, keyof ThanosArgs | 'hostname' | 'loadBalancer'>,
): k8s.types.input.core.v1.Service {
  const { address, annotations, sourceCidrs } = args.loadBalancer;
  return {
    metadata: {
      ...metadata(router, args, receiver),
      annotations: {
        // external-dns reads the first by default since 0.22.0, and before that the second.
        'external-dns.kubernetes.io/hostname': args.hostname,
        'external-dns.alpha.kubernetes.io/hostname': args.hostname,
        // Cilium's way to ask for an address; `loadBalancerIP` below is deprecated, but what others
        // understand.
        ...(address && { 'lbipam.cilium.io/ips': address }),
        ...annotations,
      },
    },
    spec: {
      type: 'LoadBalancer',
      selector: { ...router.selector },
      ports: [{ name: remoteWrite, port: remoteWritePort, targetPort: remoteWrite }],
      ...(address && { loadBalancerIP: address }),
      loadBalancerSourceRanges: sourceCidrs,
    },
  };
}

/**
 * Thanos Receive's routers: they end mutual TLS, take the tenant from the certificate and send each series to
 * its ingestors. Without them the agents buffer. They keep nothing, so their number can change at any time.
 */
export class ReceiveRouter extends pulumi.ComponentResource {
  readonly remoteWriteUrl: string;
  /** The same port inside of the cluster, for what must not depend on DNS and load balancer. */
  readonly inside: { address: string; path: string };
  /** Resolves when every router runs as configured. */
  readonly rolledOut: pulumi.Output<unknown>;

  constructor(name: string, args: ReceiveRouterArgs, opts: pulumi.ComponentResourceOptions) {
    super('monitoring:thanos:ReceiveRouter', name, {}, opts);
    const child = { parent: this };
    const { ingestors, tls, resources } = args;

    const ringName = hashringConfigMap(ingestors.length);
    const ring = new k8s.core.v1.ConfigMap(
      ringName,
      {
        metadata: metadata(router, args, ringName),
        data: { [hashring.key]: hashringFile(ingestors) },
      },
      child,
    );
    const limitsConfigMap = new k8s.core.v1.ConfigMap(
      limits.configMap,
      {
        metadata: metadata(router, args, limits.configMap),
        data: { [limits.key]: limitsFile(args.limits, ingestors, resources.limits.memory) },
      },
      child,
    );
    const workload = new k8s.apps.v1.Deployment(
      router.name,
      deployment(router, args, {
        args: routerArguments(ingestors.length, tls.clientCa.key),
        resources,
        mounts: [
          // No hash of these in the template: routers read a changed ring from the file, and changed limits
          // within a second, since they compare the file's content and do not watch the link.
          configMapMount('hashring', hashring.path, ring.metadata.name),
          configMapMount('limits', limits.path, limitsConfigMap.metadata.name),
          secretMount('server-tls', serverTlsPath, tls.server.secretName),
          configMapMount('client-ca', clientCaPath, tls.clientCa.name),
        ],
        checksums: { 'client-ca': tls.clientCa.checksum },
      }),
      child,
    );
    new k8s.core.v1.Service(router.service, service(router, args, { only: ['http'] }), child);
    new k8s.core.v1.Service(receiver, remoteWriteLoadBalancer(args), child);
    new k8s.policy.v1.PodDisruptionBudget(router.name, disruptionBudget(router, args), child);
    new k8s.CustomResource(router.name, serviceMonitor(router, args), child);

    this.rolledOut = workload.id;
    this.remoteWriteUrl = `https://${args.hostname}:${remoteWritePort}${remoteWritePath}`;
    this.inside = {
      address: `${serviceHost(receiver, args)}:${remoteWritePort}`,
      path: remoteWritePath,
    };
    this.registerOutputs({ remoteWriteUrl: this.remoteWriteUrl });
  }
}
