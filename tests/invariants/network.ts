import type { Deployment } from '../../tools/render/registered';
import { pods } from './chart-pods';
import { called, ofKind, selects } from './objects';

interface PodSelector {
  matchLabels?: Record<string, string>;
}
interface Peer {
  podSelector?: PodSelector;
  namespaceSelector?: object;
}
interface Rule {
  from?: Peer[];
  to?: Peer[];
  ports?: { port: number | string; protocol?: string }[];
}
interface NetworkPolicy {
  podSelector: PodSelector;
  policyTypes?: string[];
  ingress?: Rule[];
  egress?: Rule[];
}

const policies = ({ resources }: Deployment) => ofKind<NetworkPolicy>(resources, 'NetworkPolicy');

const selectsAll = ({ matchLabels = {} }: PodSelector) => Object.keys(matchLabels).length === 0;

/** Pods in a namespace where traffic is not refused by default, in both directions. */
export const openPods = (deployment: Deployment): string[] => {
  const closed = policies(deployment)
    .filter(({ object: { spec } }) => selectsAll(spec.podSelector) && (spec.ingress ?? []).length === 0)
    .filter(({ object: { spec } }) => ['Ingress', 'Egress'].every((type) => spec.policyTypes?.includes(type)))
    .map(({ object }) => object.metadata.namespace);
  return pods(deployment.resources)
    .filter(({ namespace }) => !closed.includes(namespace))
    .map(({ name, namespace }) => `${name}: namespace ${namespace} has no default-deny policy`);
};

/** Pods that no policy of their own allows anything; on the host's network (node-exporter) none applies. */
export const cutOffPods = (deployment: Deployment): string[] =>
  pods(deployment.resources)
    .filter(({ namespace }) => namespace === 'monitoring')
    .filter(
      ({ labels }) =>
        !policies(deployment).some(
          ({ object: { spec } }) =>
            !selectsAll(spec.podSelector) && selects(spec.podSelector.matchLabels ?? {}, labels),
        ),
    )
    .map(({ name }) => `${name}: no policy allows it anything`);

/**
 * Selectors in policies, as subject or peer, that no pod of the stack has: the flow would never be allowed.
 */
export const emptyPolicySelectors = (deployment: Deployment): string[] => {
  const all = pods(deployment.resources);
  return policies(deployment).flatMap(({ object }) => {
    const { podSelector, ingress = [], egress = [] } = object.spec;
    // A peer with a namespace selector is somebody else's pod, such as CoreDNS.
    const peers = [...ingress.flatMap(({ from = [] }) => from), ...egress.flatMap(({ to = [] }) => to)]
      .filter(({ namespaceSelector }) => !namespaceSelector)
      .flatMap((peer) => peer.podSelector ?? []);
    return [podSelector, ...peers]
      .map(({ matchLabels = {} }) => matchLabels)
      .filter(
        (labels) =>
          !all.some((pod) => pod.namespace === object.metadata.namespace && selects(labels, pod.labels)),
      )
      .map((labels) => `${called(object)}: no pod has ${JSON.stringify(labels)}`);
  });
};

/** Ports in ingress rules that none of the selected pods listens on. */
export const closedPorts = (deployment: Deployment): string[] =>
  policies(deployment).flatMap(({ object }) => {
    const own = pods(deployment.resources).filter(
      (pod) =>
        pod.namespace === object.metadata.namespace &&
        selects(object.spec.podSelector.matchLabels ?? {}, pod.labels),
    );
    const listening = own.flatMap(({ ports }) => Object.values(ports));
    return (object.spec.ingress ?? [])
      .flatMap(({ ports = [] }) => ports.map(({ port }) => port))
      .filter((port) => typeof port === 'number' && !listening.includes(port))
      .map((port) => `${called(object)}: its pods do not listen on ${port}`);
  });

/**
 * Pairs where only one side's policy allows a flow: egress of one without ingress of the other, or the
 * reverse.
 */
export const halfOpenFlows = (deployment: Deployment): string[] => {
  const flows = (direction: 'ingress' | 'egress') =>
    policies(deployment).flatMap(({ object: { spec } }) =>
      (spec[direction] ?? []).flatMap((rule) =>
        ((direction === 'ingress' ? rule.from : rule.to) ?? [])
          .filter(({ namespaceSelector, podSelector }) => !namespaceSelector && podSelector)
          .flatMap(({ podSelector }) =>
            (rule.ports ?? []).map(({ port, protocol = 'TCP' }) => {
              const ends = [spec.podSelector.matchLabels, podSelector?.matchLabels];
              return JSON.stringify([...(direction === 'egress' ? ends : ends.reverse()), port, protocol]);
            }),
          ),
      ),
    );
  const [ingress, egress] = [flows('ingress'), flows('egress')];
  return [
    ...ingress.filter((flow) => !egress.includes(flow)).map((flow) => `received but not sent: ${flow}`),
    ...egress.filter((flow) => !ingress.includes(flow)).map((flow) => `sent but not received: ${flow}`),
  ];
};
