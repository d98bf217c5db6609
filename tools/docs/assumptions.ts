import type { Assumption, Assumptions } from '../../stacks/assumptions/assumption';
import { assumptions } from '../../stacks/assumptions/list';

const row = ({ what, where, keys, noticed }: Assumption): string =>
  [
    '',
    what,
    keys.length > 0 ? keys.map((key) => `\`${key}\``).join(', ') : 'prerequisite',
    noticed,
    where.map((file) => `[${file}](../${file})`).join(', '),
    '',
  ]
    .join(' | ')
    .trim();

const section = ({ about, all }: Assumptions): string =>
  [
    `## ${about}`,
    '',
    '| assumed | key | who notices that it does not hold | rests in |',
    '| --- | --- | --- | --- |',
    ...all.map(row),
  ].join('\n');

/** `docs/assumptions.md`: what is taken for granted of a cluster, from the list that tests hold. */
export const assumptionsPage = (): string => `# Assumptions

<!-- Made by \`npm run docs\` from stacks/assumptions/: change that. -->

What this project takes for granted of a cluster that it does not make itself. With a key, a stack file says otherwise
([every key](config.md)); without one it is a prerequisite. A test compares every peer, port, network, namespace, host, class, image registry and
foreign annotation in the rendered stacks with the configuration, with what the stack makes itself, and with this list: a constant
that stands in none of them fails it ([\`tests/stacks/assumptions.test.ts\`](../tests/stacks/assumptions.test.ts)).

${assumptions.map(section).join('\n\n')}

## Other name servers

What a cluster has:

\`\`\`sh
kubectl get service -A -l k8s-app=kube-dns                        # the DNS Service and its address
kubectl get daemonset -A | grep -iE 'node-?local-?dns'            # NodeLocal DNSCache
kubectl run resolv --rm -it --restart=Never --image=busybox:1.37 -- cat /etc/resolv.conf   # what pods ask
\`\`\`

\`to\` and \`ports\` replace the defaults, so what stays is written again:

\`\`\`yaml
monitoring:networkPolicies:
  dns:
    to:
      - podLabels: { k8s-app: kube-dns }
      - cidr: 169.254.20.10/32
      - cidr: 10.96.0.10/32 # the DNS Service's address
\`\`\`

- **NodeLocal DNSCache with kube-proxy in iptables mode** (also GKE): the cache answers at the DNS Service's address too, and then that is what a policy sees, and no
  pod. Add the address, as above.
- **kube-proxy in IPVS mode**: with the cache pods ask 169.254.20.10, which the default allows. Without it some plugins look at packets before IPVS has chosen a
  pod, and see the DNS Service's address: add it there too.
- **Cilium with a Local Redirect Policy** (GKE Dataplane V2): the cache is pods of its own: \`podLabels: { k8s-app: node-local-dns }\` besides.
- **OpenShift**: \`podLabels: { dns.operator.openshift.io/daemonset-dns: default }\` and \`ports: [5353]\`. That alone does not make OpenShift work: see
  the user ids above.

## Ways out besides

\`\`\`yaml
monitoring:networkPolicies:
  apiServerPorts: [6443] # cluster.server leads to a load balancer on 443
  egress:
    - { from: grafana, ports: [443] } # a login service, by the port alone
    - { from: alertmanager, to: [{ namespaceLabels: { kubernetes.io/metadata.name: bridge } }], ports: [8080] }
    - { from: thanos-store, to: [{ podLabels: { app: rook-ceph-rgw } }], ports: [8080] } # Service 80, pods 8080
\`\`\`

Ports are those of pods. Cilium matches neither nodes nor the API server nor its own Ingress by a network: leave out \`to\` for these. Policies add up, so another
NetworkPolicy in \`monitoring\` widens too. Without any, \`enabled: false\`, the reason stands in \`acceptedRisks\`:

\`\`\`yaml
monitoring:networkPolicies: { enabled: false }
monitoring:acceptedRisks: { networkPolicies.enabled: the mesh's own policies refuse by default }
\`\`\`

## One address for both

Cilium gives two Services one address if both ask for it by the same \`sharing-key\`, have no port in common and the same \`externalTrafficPolicy\`
(here and in Cilium's chart: Cluster), and, in two namespaces, if **each names the namespace of the other**
([LB IPAM](https://docs.cilium.io/en/stable/network/lb-ipam/)). The receiver's side stands in \`receive.loadBalancer.annotations\`, and preview refuses half of it. The other,
for the Ingress in \`loadbalancerMode: shared\`, is in the values of Cilium's chart:

\`\`\`yaml
ingressController:
  loadbalancerMode: shared
  service:
    annotations:
      lbipam.cilium.io/ips: 192.168.101.210
      lbipam.cilium.io/sharing-key: monitoring
      lbipam.cilium.io/sharing-cross-namespace: monitoring
\`\`\`

In the mode \`dedicated\` each Ingress has a Service of its own and all want port 443, so they cannot share. Which Service lacks an address, and why:

\`\`\`sh
kubectl get service -A -o json | jq -r '.items[] | select(.spec.type == "LoadBalancer") |
  [.metadata.namespace, .metadata.name, (.status.loadBalancer.ingress[0].ip // "none"), ((.status.conditions // [])[].message)] | @tsv'
\`\`\`
`;
