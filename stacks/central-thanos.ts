import type * as pulumi from '@pulumi/pulumi';
import { planOf } from '../capacity/plan';
import { ingestorStartup, rulerStartup } from '../capacity/startup';
import { monitoringNamespace as namespace } from '../components/foundation/namespaces';
import type { CertificateAuthority } from '../components/identity/certificate-authority';
import { ClientCaBundle } from '../components/identity/client-ca-bundle';
import type { EdgeIdentities } from '../components/identity/edge-identities';
import { ServerCertificate } from '../components/identity/server-certificate';
import type { ObjectStore } from '../components/object-store/object-store';
import { alertmanagerSrv, prometheusUrl } from '../components/prometheus-stack/addresses';
import { Compactor } from '../components/thanos/compactor';
import type { ThanosArgs } from '../components/thanos/metadata';
import { QueryFrontend } from '../components/thanos/query-frontend';
import { Query, queryHttpSrv } from '../components/thanos/query';
import { ReceiveIngestor } from '../components/thanos/receive-ingestor';
import { ReceiveRouter } from '../components/thanos/receive-router';
import { Ruler } from '../components/thanos/ruler';
import { receiver, replicaLabels, roles } from '../components/thanos/roles';
import { storeEndpoint } from '../components/thanos/service';
import { Store } from '../components/thanos/store';
import type { CentralConfig } from '../config/central';
import { imageReference, images } from '../versions';

export interface ThanosParts {
  config: CentralConfig;
  /** DNS name that edges write to. */
  receiverHost: string;
  /** Where people find Query, for the links in alerts. */
  queryUrl: string;
  authority: CertificateAuthority;
  identities: EdgeIdentities;
  objectStore: ObjectStore;
}

/** Everything of Thanos but the sidecars: ingest, queries, blocks, rules over all clusters. */
export function deployThanos(parts: ThanosParts, opts: pulumi.ComponentResourceOptions) {
  const { config, objectStore } = parts;
  const { clusterDomain, storageClass } = config.cluster;
  const shared = { namespace, clusterDomain, image: imageReference(images.thanos) };
  const objstore = objectStore.secrets;

  const { ingestor, router, certificate } = deployReceive(parts, shared, opts);
  const store = new Store(
    roles.store.name,
    {
      ...shared,
      ...config.store,
      storageClass,
      objstore: objstore.store,
      deleteDelay: config.compactor.deleteDelay,
    },
    opts,
  );
  new Compactor(
    roles.compactor.name,
    { ...shared, ...config.compactor, storageClass, objstore: objstore.compactor },
    opts,
  );
  const ruler =
    config.ruler.enabled && objstore.ruler
      ? new Ruler(
          roles.ruler.name,
          {
            ...shared,
            ...config.ruler,
            storageClass,
            objstore: objstore.ruler,
            queryAddress: queryHttpSrv(shared),
            alertmanagers: [alertmanagerSrv(shared)],
            evaluationInterval: config.prometheus.scrapeInterval,
            queryUrl: parts.queryUrl,
            startup: rulerStartup(planOf(config)),
          },
          opts,
        )
      : undefined;
  const stores = [ingestor, store, ...(ruler ? [ruler] : [])].map((part) => part.storeEndpoint);
  const query = new Query(
    roles.query.name,
    {
      ...shared,
      ...config.query,
      endpoints: [storeEndpoint(roles.sidecar, shared), ...stores],
      replicaLabels,
    },
    opts,
  );
  const queryFrontend = new QueryFrontend(
    roles.queryFrontend.name,
    { ...shared, ...config.queryFrontend, queryUrl: query.url, outage: config.outage },
    opts,
  );
  return { router, queryFrontend, receiverCertificateEnd: certificate.end };
}

/** Where the edges' samples come in. */
function deployReceive(
  { config, receiverHost, authority, identities, objectStore }: ThanosParts,
  shared: ThanosArgs,
  opts: pulumi.ComponentResourceOptions,
) {
  const { receive, cluster, outage } = config;
  const certificate = new ServerCertificate(
    receiver,
    { authority, dnsNames: [receiverHost], namespace, secretName: `${receiver}-tls` },
    opts,
  );
  const bundle = new ClientCaBundle(
    `${receiver}-client-ca`,
    { namespace, issuers: identities.issuers },
    opts,
  );
  const ingestor = new ReceiveIngestor(
    roles.receive.name,
    {
      ...shared,
      ...receive,
      storageClass: cluster.storageClass,
      outage,
      startup: ingestorStartup(planOf(config)),
      objstore: objectStore.secrets.receive,
    },
    opts,
  );
  const router = new ReceiveRouter(
    roles.receiveRouter.name,
    {
      ...shared,
      ...receive.routers,
      ingestors: ingestor.addresses,
      limits: {
        edges: config.edges,
        edgeDefaults: config.edgeDefaults,
        metaMonitoringUrl: prometheusUrl(shared),
      },
      tls: {
        server: { secretName: certificate.secretName },
        clientCa: { name: bundle.configMapName, key: bundle.key, checksum: bundle.checksum },
      },
      hostname: receiverHost,
      loadBalancer: receive.loadBalancer,
    },
    // A larger ring must not reach the routers before its ingestors are ready.
    { ...opts, dependsOn: [certificate, bundle, ingestor] },
  );
  return { ingestor, router, certificate };
}
