import type { CentralValuesArgs } from '../../../components/prometheus-stack/central-values';
import type { EdgeValuesArgs } from '../../../components/prometheus-stack/edge-values';
import { Duration } from '../../../config/units';
import { images } from '../../../versions';
import { centralConfig, edgeConfig } from '../../support/stack-configs';

const namespaces = { monitoring: 'monitoring', node: 'monitoring-node' };
const central = centralConfig();
const edge = edgeConfig();

/** A central stack with every default. */
export const centralExample: CentralValuesArgs = {
  namespaces,
  cluster: central.cluster,
  prometheus: central.prometheus,
  startup: Duration.parse('16m'),
  controlPlane: central.controlPlane,
  parts: central,
  ruler: central.ruler.enabled,
  alertmanager: central.alertmanager,
  grafana: {
    grafana: central.grafana,
    host: 'grafana.example.org',
    admin: { secretName: 'grafana-admin', userKey: 'admin-user', passwordKey: 'admin-password' },
    query: { secretName: 'frontend', userKey: 'user', passwordKey: 'password', checksum: 'c0ffee' },
    role: 'grafana-sidecar',
    datasourcesChecksum: 'beef',
  },
  queryUrl: 'https://thanos-query.example.org',
  grafanaUrl: 'https://grafana.example.org',
  objectStorage: { name: 'thanos-s3-config', key: 'objstore.yml', checksum: 'decade' },
  thanosImage: images.thanos,
};

/** An edge stack with every default. */
export const edgeExample: EdgeValuesArgs = {
  namespaces,
  cluster: edge.cluster,
  agent: edge.agent,
  controlPlane: edge.controlPlane,
  parts: edge,
  remoteWriteUrl: 'https://thanos-receiver.example.org:19291/api/v1/receive',
  identity: { name: 'remote-write-tls', ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key' },
  outage: Duration.parse('6h'),
  shards: 2,
  startup: Duration.parse('17m'),
};
