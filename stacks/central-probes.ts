import type * as pulumi from '@pulumi/pulumi';
import { BlackboxExporter } from '../components/blackbox-exporter/blackbox-exporter';
import { blackboxExporter } from '../components/blackbox-exporter/exporter';
import { modules } from '../components/blackbox-exporter/modules';
import type { PublicName } from '../components/blackbox-exporter/probes';
import { monitoringNamespace as namespace } from '../components/foundation/namespaces';
import type { CertificateAuthority } from '../components/identity/certificate-authority';
import type { QueryFrontend } from '../components/thanos/query-frontend';
import type { ReceiveRouter } from '../components/thanos/receive-router';
import { receiver, roles } from '../components/thanos/roles';
import type { CentralConfig } from '../config/central';
import { images } from '../versions';
import type { Hostnames } from './hostnames';

export interface ProbedParts {
  config: CentralConfig;
  hosts: Hostnames;
  authority: CertificateAuthority;
  router: Pick<ReceiveRouter, 'inside'>;
  queryFrontend: Pick<QueryFrontend, 'url' | 'credentials'>;
}

/** What people and edges ask, by their own names for it. */
const publicNames = (hosts: Hostnames): PublicName[] => [
  {
    name: 'grafana',
    host: hosts.grafana,
    module: modules.grafana,
    target: `https://${hosts.grafana}/api/health`,
  },
  {
    name: roles.query.name,
    host: hosts.query,
    module: modules.passwordRequired,
    target: `https://${hosts.query}/`,
  },
  {
    name: receiver,
    host: hosts.receiver,
    module: modules.receiveHandshake,
    target: `${hosts.receiver}:${roles.receiveRouter.ports['remote-write']}`,
  },
];

/** What looks at the central stack from outside its parts, unless it is turned off. */
export function deployProbes(
  { config, hosts, authority, router, queryFrontend }: ProbedParts,
  opts: pulumi.ComponentResourceOptions,
): void {
  const { cluster, edges, ingress } = config;
  const { enabled, publicNames: named, resources } = config.blackboxExporter;
  if (!enabled) return;
  new BlackboxExporter(
    blackboxExporter.name,
    {
      namespace,
      clusterDomain: cluster.clusterDomain,
      image: images.blackboxExporter,
      resources,
      authority: authority.certificate,
      login: queryFrontend.credentials,
      receiverHost: hosts.receiver,
      ownWebCertificates: ingress.tls.kind === 'private',
      edges: edges.map(({ name }) => name),
      queryUrl: queryFrontend.url,
      receive: { ...router.inside, certificate: receiver },
      names: named ? publicNames(hosts) : [],
    },
    opts,
  );
}
