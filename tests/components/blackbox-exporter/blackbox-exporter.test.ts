import * as pulumi from '@pulumi/pulumi';
import {
  BlackboxExporter,
  type BlackboxExporterArgs,
} from '../../../components/blackbox-exporter/blackbox-exporter';
import { checksum } from '../../../components/foundation/checksum';
import { register, type Registered } from '../../support/mocks';
import * as expected from '../thanos/fixtures';
import { resources, types } from '../thanos/fixtures';

const args: BlackboxExporterArgs = {
  namespace: 'monitoring',
  clusterDomain: 'cluster.local',
  image: { repository: 'quay.io/prometheus/blackbox-exporter', tag: 'v0.28.0' },
  resources,
  authority: pulumi.output('the authority'),
  login: { secretName: 'query-login', userKey: 'user', passwordKey: 'password' },
  receiverHost: 'thanos-receiver.example.org',
  ownWebCertificates: true,
  edges: ['cluster-02', 'cluster-03'],
  queryUrl: 'http://thanos-query-frontend.monitoring.svc.cluster.local:9090',
  receive: { address: 'thanos-receiver.monitoring.svc:19291', path: '/r', certificate: 'thanos-receiver' },
  names: [],
};

const probe = 'kubernetes:monitoring.coreos.com/v1:Probe';

describe('BlackboxExporter', () => {
  let registered: Registered;

  beforeAll(async () => {
    registered = await register(() => new BlackboxExporter('blackbox-exporter', args, {}));
  });

  it('consists of these objects', () => {
    expect(registered.names).toEqual([
      `${types.deployment} blackbox-exporter`,
      `${types.configMap} blackbox-exporter`,
      `${types.service} blackbox-exporter`,
      `${probe} probe-edges`,
      `${probe} probe-receive`,
      `${probe} probe-receive-refusal`,
      `${types.serviceMonitor} blackbox-exporter`,
    ]);
  });

  it('reads its modules, the authority and the login from files, and nothing else', () => {
    const { volumes, container } = expected.podOf(registered, types.deployment);
    expect(expected.configMapData(registered)).toMatchObject({ 'authority.crt': 'the authority' });
    expect(container['args']).toEqual([
      '--config.file=/etc/blackbox-exporter/config.yml',
      '--web.listen-address=:9115',
      '--log.format=json',
    ]);
    expect(volumes).toEqual([
      { name: 'config', configMap: { name: 'blackbox-exporter' } },
      {
        name: 'login',
        secret: {
          secretName: 'query-login',
          defaultMode: 0o440,
          items: [
            { key: 'user', path: 'user' },
            { key: 'password', path: 'password' },
          ],
        },
      },
    ]);
    expect(container['volumeMounts']).toEqual([
      { name: 'config', mountPath: '/etc/blackbox-exporter', readOnly: true },
      { name: 'login', mountPath: '/etc/blackbox-exporter-login', readOnly: true },
    ]);
  });

  it('restarts when its modules change, which it reads only at its start', () => {
    const own = expected.configMapData(registered)['config.yml'] ?? '';
    expect(expected.podOf(registered, types.deployment).checksums).toEqual({
      'checksum/config': checksum(own),
    });
  });

  it('has no right to send ICMP, and is one', () => {
    const { container } = expected.podOf(registered, types.deployment);
    expect(container).toMatchObject({ securityContext: { capabilities: { drop: ['ALL'] } } });
    expect(expected.spec(registered, types.deployment)).toMatchObject({ replicas: 1 });
  });

  it('is scraped itself', () => {
    expect(expected.spec(registered, types.serviceMonitor)).toEqual({
      jobLabel: 'app.kubernetes.io/name',
      selector: { matchLabels: expected.selector('blackbox-exporter', 'prober') },
      endpoints: [{ port: 'http' }],
    });
  });
});
