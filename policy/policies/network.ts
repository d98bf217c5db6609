import { objectName, ofKind, type Manifest } from '../manifest';
import type { Facts, Policy } from '../policy';
import type { Pod } from '../pod';
import { selects, selectsAll, workloads, type Selector } from '../workloads';

interface Peer {
  podSelector?: Selector;
  namespaceSelector?: object;
}
interface Rule {
  from?: Peer[];
  to?: Peer[];
  ports?: { port?: number | string; protocol?: string }[];
}
interface NetworkPolicy {
  podSelector: Selector;
  policyTypes?: string[];
  ingress?: Rule[];
  egress?: Rule[];
}

const policiesIn = (manifests: readonly Manifest[]) => ofKind<NetworkPolicy>(manifests, 'NetworkPolicy');

const podsIn = (manifests: readonly Manifest[], { configReloader, otherPods }: Facts): Pod[] => [
  ...workloads(manifests, configReloader),
  ...otherPods,
];

const facts = ['configReloader', 'otherPods'] as const;

/** A peer with a namespace selector is somebody else's pod, such as CoreDNS. */
const ownPeers = (peers: Peer[] = []) =>
  peers.filter(({ namespaceSelector }) => !namespaceSelector).flatMap(({ podSelector }) => podSelector ?? []);

const text = (selector: Selector): string =>
  JSON.stringify(selector.matchExpressions ? selector : (selector.matchLabels ?? {}));

export const defaultDeny: Policy = {
  name: 'default-deny',
  description: 'Every pod is in a namespace that refuses traffic by default, in both directions.',
  reason: 'Without it a pod that no policy names reaches everything, and is reached by everybody.',
  remedy: 'Make a NetworkPolicy for all pods of the namespace, with both policy types and no ingress rule.',
  scope: 'stack',
  facts,
  check: (manifests, told) => {
    const closed = policiesIn(manifests)
      .filter(({ spec }) => selectsAll(spec.podSelector) && (spec.ingress ?? []).length === 0)
      .filter(({ spec }) => ['Ingress', 'Egress'].every((type) => spec.policyTypes?.includes(type)))
      .map(({ metadata }) => metadata.namespace);
    return podsIn(manifests, told)
      .filter(({ namespace }) => !closed.includes(namespace))
      .map(({ object, namespace }) => ({
        object,
        field: 'metadata.namespace',
        found: namespace,
        allowed: 'a namespace with a default-deny policy',
      }));
  },
};

export const networkPolicyOfPod: Policy = {
  name: 'network-policy-of-pod',
  description: 'Every pod has a network policy of its own, unless it is on the network of its node.',
  reason: 'Where all is refused by default, a pod that no policy names can do nothing, and nobody says why.',
  remedy: 'Name the pod in a flow, with the labels that it really has.',
  scope: 'stack',
  facts,
  check: (manifests, told) => {
    const own = policiesIn(manifests).filter(({ spec }) => !selectsAll(spec.podSelector));
    return podsIn(manifests, told)
      .filter(({ hostNetwork }) => !hostNetwork)
      .filter(
        ({ namespace, labels }) =>
          !own.some(
            ({ metadata, spec }) =>
              (metadata.namespace ?? 'default') === namespace && selects(spec.podSelector, labels),
          ),
      )
      .map(({ object, labels }) => ({
        object,
        field: 'metadata.labels',
        found: JSON.stringify(labels),
        allowed: 'labels that a NetworkPolicy selects',
      }));
  },
};

export const networkPolicySelectsPods: Policy = {
  name: 'network-policy-selects-pods',
  description: 'Every selector of a network policy, of its subject or a peer, matches pods that are there.',
  reason:
    'A label that was renamed leaves a policy that allows nothing, and traffic that is refused without a word.',
  remedy: 'Write the labels that the pods have; look into the manifest that makes them.',
  scope: 'stack',
  facts,
  check: (manifests, told) => {
    const all = podsIn(manifests, told);
    return policiesIn(manifests).flatMap((manifest) => {
      const { podSelector, ingress = [], egress = [] } = manifest.spec;
      const namespace = manifest.metadata.namespace ?? 'default';
      const rules: [field: string, Selector[]][] = [
        ['spec.podSelector', [podSelector]],
        ['spec.ingress', ingress.flatMap(({ from }) => ownPeers(from))],
        ['spec.egress', egress.flatMap(({ to }) => ownPeers(to))],
      ];
      return rules.flatMap(([field, selectors]) =>
        selectors
          .filter(
            (selector) => !all.some((pod) => pod.namespace === namespace && selects(selector, pod.labels)),
          )
          .map((selector) => ({
            object: objectName(manifest),
            field,
            found: text(selector),
            allowed: `labels of a pod in ${namespace}`,
          })),
      );
    });
  },
};

export const networkPolicyPorts: Policy = {
  name: 'network-policy-ports',
  description: 'Every port that a network policy opens is one on which its pods listen.',
  reason: 'A port that moved is closed where it is now, and open where nothing should answer.',
  remedy: 'Open the port of the container, not that of the Service.',
  scope: 'stack',
  facts,
  check: (manifests, told) => {
    const all = podsIn(manifests, told);
    return policiesIn(manifests).flatMap((manifest) => {
      const { podSelector, ingress = [] } = manifest.spec;
      const own = all.filter(
        ({ namespace, labels }) =>
          namespace === (manifest.metadata.namespace ?? 'default') && selects(podSelector, labels),
      );
      const numbers = own.flatMap(({ ports }) => Object.values(ports));
      const names = own.flatMap(({ ports }) => Object.keys(ports));
      return ingress
        .flatMap(({ ports = [] }) => ports.flatMap(({ port }) => port ?? []))
        .filter((port) => (typeof port === 'number' ? !numbers.includes(port) : !names.includes(port)))
        .map((port) => ({
          object: objectName(manifest),
          field: 'spec.ingress',
          found: `port ${port}`,
          allowed: [...new Set(numbers)].join(', ') || 'its pods listen on none',
        }));
    });
  },
};

export const networkFlowBothEnds: Policy = {
  name: 'network-flow-both-ends',
  description: 'A flow between two pods is allowed at both of its ends.',
  reason: 'One end alone allows nothing, and looks as if it did.',
  remedy: 'Make both policies from one list of flows.',
  scope: 'stack',
  facts: [],
  check: (manifests) => {
    const ingress = flows(manifests, 'ingress');
    const egress = flows(manifests, 'egress');
    const without = (some: Flow[], others: Flow[], field: string, allowed: string) =>
      some
        .filter(({ flow }) => !others.some((other) => other.flow === flow))
        .map(({ object, flow }) => ({ object, field, found: flow, allowed }));
    return [
      ...without(ingress, egress, 'spec.ingress', 'an egress rule of the sender'),
      ...without(egress, ingress, 'spec.egress', 'an ingress rule of the receiver'),
    ];
  },
};

interface Flow {
  object: string;
  /** Sender, receiver, port and protocol, the same text at both ends. */
  flow: string;
}

const flows = (manifests: readonly Manifest[], direction: 'ingress' | 'egress'): Flow[] =>
  policiesIn(manifests).flatMap((manifest) =>
    (manifest.spec[direction] ?? []).flatMap((rule) =>
      ownPeers(direction === 'ingress' ? rule.from : rule.to).flatMap((peer) =>
        (rule.ports ?? []).map(({ port, protocol = 'TCP' }) => {
          const ends = [text(manifest.spec.podSelector), text(peer)];
          const [sender = '', receiver = ''] = direction === 'egress' ? ends : ends.reverse();
          return {
            object: objectName(manifest),
            flow: `${sender} to ${receiver}, ${protocol} ${port ?? 'any port'}`,
          };
        }),
      ),
    ),
  );
