import * as pulumi from '@pulumi/pulumi';
import type { NetworkPoliciesConfig, OutsidePeer } from '../../config/network-policies';
import * as k8s from './kubernetes';

/** A set of pods in the stack's namespace, selected by labels that all of them have. */
export interface Party {
  name: string;
  podLabels: Record<string, string>;
}

/** One end of a flow: pods of ours, others by address or labels, or any address at all. */
export type Peer = Party | { outside: readonly OutsidePeer[] } | 'anywhere';

/** Permission for one peer to talk to another; whatever no flow names is refused, in both directions. */
export interface Flow {
  from: Peer;
  to: Peer;
  /**
   * Ports of the receiving pod (not of its Service); 'any' only where the peer decides them, as with scrape
   * targets.
   */
  ports: readonly number[] | 'any';
  protocols?: readonly ('TCP' | 'UDP')[];
  /** Why the flow is needed. */
  why: string;
}

type Policy = k8s.types.input.networking.v1.NetworkPolicySpec;

const isParty = (peer: Peer): peer is Party => typeof peer === 'object' && 'podLabels' in peer;

const outside = ({ cidr, namespaceLabels, podLabels }: OutsidePeer) =>
  cidr === undefined
    ? {
        namespaceSelector: namespaceLabels ? { matchLabels: namespaceLabels } : {},
        ...(podLabels && { podSelector: { matchLabels: podLabels } }),
      }
    : { ipBlock: { cidr } };

/** The peer as a policy's rule writes it; undefined: the rule restricts the ports alone. */
function selector(peer: Peer) {
  if (peer === 'anywhere') return undefined;
  if (isParty(peer)) return [{ podSelector: { matchLabels: peer.podLabels } }];
  return peer.outside.map(outside);
}

function ports({ ports, protocols = ['TCP'] }: Flow) {
  return ports === 'any'
    ? undefined
    : ports.flatMap((port) => protocols.map((protocol) => ({ port, protocol })));
}

/** Leaves out undefined members: `from: undefined` would reach the API server as an empty list. */
const rule = <T extends object>(members: T) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;

/** The policy of one party: its rules in the order of the flows. */
export function policyOf(party: Party, flows: readonly Flow[]): Policy {
  const same = (peer: Peer) => isParty(peer) && peer.name === party.name;
  return {
    podSelector: { matchLabels: party.podLabels },
    policyTypes: ['Ingress', 'Egress'],
    ingress: flows.filter((f) => same(f.to)).map((f) => rule({ from: selector(f.from), ports: ports(f) })),
    egress: flows.filter((f) => same(f.from)).map((f) => rule({ to: selector(f.to), ports: ports(f) })),
  };
}

/** Every party that a flow names, each once. */
export function parties(flows: readonly Flow[]): Party[] {
  const named = flows.flatMap((f) => [f.from, f.to]).filter(isParty);
  return [...new Map(named.map((party) => [party.name, party])).values()];
}

/** Policy that refuses all traffic to and from every pod of a namespace, except name resolution. */
export const defaultDeny = (dns: NetworkPoliciesConfig['dns']): Policy => ({
  podSelector: {},
  policyTypes: ['Ingress', 'Egress'],
  egress: [
    {
      to: dns.to.map(outside),
      ports: dns.ports.flatMap((port) => ['UDP', 'TCP'].map((protocol) => ({ port, protocol }))),
    },
  ],
});

export interface NetworkPoliciesArgs {
  namespace: string;
  otherNamespaces: string[];
  /** Who resolves names. */
  dns: NetworkPoliciesConfig['dns'];
  flows: readonly Flow[];
}

/** Default-deny for each namespace, and one policy for each party of the flows, made from that one table. */
export class NetworkPolicies extends pulumi.ComponentResource {
  constructor(name: string, args: NetworkPoliciesArgs, opts: pulumi.ComponentResourceOptions) {
    super('monitoring:foundation:NetworkPolicies', name, {}, opts);
    for (const namespace of [args.namespace, ...args.otherNamespaces]) {
      new k8s.networking.v1.NetworkPolicy(
        `${namespace}-default-deny`,
        { metadata: { name: 'default-deny', namespace }, spec: defaultDeny(args.dns) },
        { parent: this },
      );
    }
    for (const party of parties(args.flows)) {
      new k8s.networking.v1.NetworkPolicy(
        party.name,
        { metadata: { name: party.name, namespace: args.namespace }, spec: policyOf(party, args.flows) },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}
