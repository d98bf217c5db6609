import type { Assumptions } from './assumption';

const policies = 'components/foundation/network-policies.ts';
const flows = 'stacks/flows.ts';
const router = 'components/thanos/receive-router.ts';

/** Names, policies, addresses, and the way between clusters. */
export const networkAssumptions: readonly Assumptions[] = [
  {
    about: 'Name resolution',
    all: [
      {
        what: 'Names are resolved on port 53 by pods labelled `k8s-app: kube-dns`, of any namespace, or by NodeLocal DNSCache at 169.254.20.10',
        where: ['config/network-policies.ts', policies],
        keys: ['networkPolicies.dns.to', 'networkPolicies.dns.ports'],
        noticed:
          'at the centre `pulumi up`: Store finds no bucket and never gets ready; on an edge `npm run doctor`: remote write, or `EdgeNeverReported` a day later',
      },
      {
        what: 'The cluster’s own domain is `cluster.local`',
        where: ['components/foundation/dns.ts'],
        keys: ['cluster.clusterDomain'],
        noticed: '`npm run doctor`: query endpoints; `ThanosQueryEndpointsUnresolved`',
      },
      {
        what: 'An answer, also that a name is missing, is kept for 30 s at most (CoreDNS’ own)',
        where: ['components/thanos/receive-ingestor.ts'],
        keys: [],
        noticed:
          'nobody: for as long as it is kept, queries during a rollout lack an ingestor that is back already',
      },
      {
        what: '`thanos-receiver.DOMAIN`, `grafana.DOMAIN` and `thanos-query.DOMAIN` lead to the centre, from edges and people; external-dns makes the first by an annotation',
        where: ['stacks/hostnames.ts', router],
        keys: ['cluster.domain'],
        noticed: '`npm run doctor`: name …, centre; `EdgeNeverReported`, `PublicNameNotAnswering`',
        constants: [
          'key external-dns.kubernetes.io/hostname',
          'key external-dns.alpha.kubernetes.io/hostname',
        ],
      },
    ],
  },
  {
    about: 'Network plugin',
    all: [
      {
        what: 'It enforces NetworkPolicies. Where it does not (flannel alone), nothing says so',
        where: [policies],
        keys: ['networkPolicies.enabled'],
        noticed: 'nobody: everything works, and every pod of the cluster reaches ours',
      },
      {
        what: 'A policy sees the port of a pod, not that of the Service before it',
        where: [flows],
        keys: ['networkPolicies.egress', 'alertmanager.egress', 'blackboxExporter.egress'],
        noticed:
          'by what is cut off: `AlertmanagerNotificationsFailing`, `ThanosBucketErrors`, `PublicNameNotAnswering`',
        constants: [
          'blackbox-exporter to anywhere: 443',
          'blackbox-exporter to anywhere: 19291',
          'alertmanager to anywhere: 443',
        ],
      },
      {
        what: 'The API server, nodes, load balancers and Ingress controllers cannot be named in a policy, since Cilium matches none of them by address ([ADR 6](adr/0006-network-policies-by-port.md)); what is open to them is open to all, and asks for a certificate or a password',
        where: [flows],
        keys: [],
        noticed: 'nobody has to: it holds for every plugin',
        constants: [
          'anywhere to thanos-receive-router: 19291',
          'anywhere to grafana: 3000',
          'anywhere to thanos-query-frontend: 9090',
          'anywhere to prometheus-operator: 10250',
        ],
      },
      {
        what: 'Scrape targets are in every namespace and on nodes, on any port',
        where: [flows],
        keys: [],
        noticed: '`TargetDown`, where a policy of theirs keeps Prometheus out',
        constants: ['prometheus to anywhere: any', 'prometheus-agent to anywhere: any'],
      },
      {
        what: 'Pods and Services have IPv4 addresses',
        where: ['config/networks.ts'],
        keys: [],
        noticed: 'preview: every address and network that is not IPv4 is refused',
        constants: ['address 0.0.0.0', 'address 127.0.0.1'],
      },
    ],
  },
  {
    about: 'API server',
    all: [
      {
        what: 'Pods reach it on 443, its Service’s port, or on the port of `cluster.server`, whichever a policy sees',
        where: [flows, 'config/cluster.ts'],
        keys: ['networkPolicies.apiServerPorts'],
        noticed: '`pulumi up`: the release kube-prometheus-stack does not get ready within 15 minutes',
        constants: [
          'prometheus-operator to anywhere: 443',
          'kube-state-metrics to anywhere: 443',
          'admission-create to anywhere: 443',
          'admission-patch to anywhere: 443',
          'grafana to anywhere: 443',
        ],
      },
      {
        what: 'It reaches the operator’s pods on 10250, for admission webhooks (a cloud’s firewall between the two usually knows that port)',
        where: [flows, 'components/prometheus-stack/addresses.ts'],
        keys: [],
        noticed: 'nobody: a rule that does not parse is taken, and then `OperatorObjectRejected` fires',
      },
    ],
  },
  {
    about: 'Load balancer and Ingress controller (central cluster)',
    all: [
      {
        what: 'Something gives a Service of type LoadBalancer an address, and keeps to `loadBalancerSourceRanges`',
        where: [router],
        keys: ['receive.loadBalancer.sourceCidrs'],
        noticed: '`pulumi up` waits 10 minutes for the address and fails',
      },
      {
        what: 'A fixed address is asked for by Cilium’s annotation and by `loadBalancerIP`, which MetalLB and others read',
        where: [router],
        keys: ['receive.loadBalancer.address', 'receive.loadBalancer.annotations'],
        noticed: '`npm run doctor`: name receive',
        constants: ['key lbipam.cilium.io/ips'],
      },
      {
        what: 'Nobody else has that address; with Cilium’s `sharing-key` both Services name the other’s namespace ([how](#one-address-for-both))',
        where: ['checks/load-balancer.ts'],
        keys: ['receive.loadBalancer.annotations'],
        noticed: 'preview, of this side; of the other `pulumi up`, which waits 10 minutes for the address',
      },
      {
        what: 'An Ingress controller serves the class `cilium`, reads certificates of Secrets, and listens on 443',
        where: ['config/central.ts', 'components/ingress/web-ingress.ts'],
        keys: ['ingress.className', 'ingress.annotations', 'ingress.tls', 'blackboxExporter.publicNames'],
        noticed: '`pulumi up` waits 10 minutes for the Ingress’ address; `npm run doctor`: name …',
      },
    ],
  },
  {
    about: 'Between clusters',
    all: [
      {
        what: 'Edges reach the centre on TCP port 19291, and nothing between ends TLS',
        where: [router],
        keys: [],
        noticed: '`npm run doctor` on the edge: centre; `EdgeNeverReported`, `EdgeSilent`',
      },
      {
        what: 'Clocks differ by less than five minutes',
        where: ['components/thanos/receive-ingestor.ts'],
        keys: [],
        noticed: '`EdgeClockAhead`, `NodeClockOff`',
      },
    ],
  },
];
