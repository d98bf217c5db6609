import { z } from 'zod';
import { network } from './networks';
import { port } from './scalars';
import { selectorLabels } from './texts';

const allowedPeer =
  '{ cidr: NETWORK }, or { namespaceLabels: LABELS, podLabels: LABELS } with one of the two or both';

/**
 * Somebody that a network policy lets ours talk to, by an address or by labels. Pods without
 * `namespaceLabels` are those of every namespace.
 */
const peer = z
  .strictObject(
    {
      cidr: network().optional(),
      namespaceLabels: selectorLabels().optional(),
      podLabels: selectorLabels().optional(),
    },
    { error: ({ code }) => (code === 'invalid_type' ? allowedPeer : undefined) },
  )
  .refine(
    ({ cidr, namespaceLabels, podLabels }) =>
      (cidr === undefined) !== (namespaceLabels === undefined && podLabels === undefined),
    allowedPeer,
  );

export type OutsidePeer = z.output<typeof peer>;

/**
 * Who resolves names: the pods that CoreDNS and kube-dns have in kubeadm, k3s, kind, EKS, AKS and GKE, and
 * NodeLocal DNSCache. That one has its nodes' network, so no label finds it; 169.254.20.10 is what its own
 * manifest, Kubespray and GKE give it. It is let in by default since nothing but a process of the pod's own
 * node can have an address of that range, and where it runs (GKE from 1.34.1: everywhere) a cluster without
 * it resolves no name at all.
 */
const dns = z
  .strictObject({
    to: z
      .array(peer)
      .min(1, 'at least one peer: without name resolution nothing finds anything')
      .default([{ podLabels: { 'k8s-app': 'kube-dns' } }, { cidr: '169.254.20.10/32' }])
      .describe(
        'pods of the DNS Service, and addresses: of NodeLocal DNSCache, and where it serves the DNS Service’s own address, that one too',
      ),
    ports: z
      .array(port())
      .min(1, 'at least one port: without name resolution nothing finds anything')
      .default([53])
      .describe('of its pods, where it is not 53 (OpenShift: 5353)'),
  })
  .prefault({});

/** What network policies take for granted of a cluster; the same for central and edge stacks. */
export const networkPoliciesShape = {
  enabled: z
    .boolean()
    .default(true)
    .describe('false: every pod may talk to every other; only with a reason in `acceptedRisks`'),
  dns,
  apiServerPorts: z
    .array(port())
    .default([])
    .describe(
      'ports of the API servers themselves, where `cluster.server` leads to a load balancer or proxy with another; 443 and its own are allowed anyway',
    ),
};

/** The parts of a central stack that may be let out further. Prometheus may go anywhere as it is. */
export const partsLetOut = [
  'alertmanager',
  'blackbox-exporter',
  'grafana',
  'kube-state-metrics',
  'prometheus-operator',
  'thanos-compactor',
  'thanos-receiver',
  'thanos-ruler',
  'thanos-store',
] as const;

const letOut = z.strictObject({
  from: z.enum(partsLetOut, {
    error: `one of ${partsLetOut.join(', ')}; Prometheus may go anywhere as it is`,
  }),
  to: z
    .array(peer)
    .min(1, 'at least one peer: Kubernetes takes an empty list for anywhere')
    .optional()
    .describe('default: anywhere, by the port alone'),
  ports: z.array(port()).min(1, 'at least one port').describe('of the peer’s pods, not of their Service'),
});

export const edgeNetworkPoliciesSchema = z.strictObject(networkPoliciesShape).prefault({});

export const centralNetworkPoliciesSchema = z
  .strictObject({
    ...networkPoliciesShape,
    egress: z
      .array(letOut)
      .default([])
      .describe(
        'ways out besides: Grafana to a login service, Alertmanager to a webhook in the cluster, Thanos to an object store behind a Service',
      ),
  })
  .prefault({});

export type NetworkPoliciesConfig = z.output<typeof edgeNetworkPoliciesSchema>;
export type LetOut = z.output<typeof letOut>;
