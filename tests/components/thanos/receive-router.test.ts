import {
  ReceiveRouter,
  remoteWriteLoadBalancer,
  routerArguments,
  type ReceiveRouterArgs,
} from '../../../components/thanos/receive-router';
import { ingestorAddresses } from '../../../components/thanos/receive-ingestor';
import { limitsFile } from '../../../components/thanos/receive-limits';
import { register, type Registered } from '../../support/mocks';
import * as expected from './fixtures';
import { resources, thanos, types } from './fixtures';

const args: ReceiveRouterArgs = {
  ...thanos,
  replicas: 2,
  resources,
  ingestors: ingestorAddresses(3, thanos),
  limits: {
    edges: [{ name: 'cluster-02', series: 50_000 }],
    edgeDefaults: { series: 50_000 },
    metaMonitoringUrl: 'http://prometheus.example.org:9090',
  },
  tls: {
    server: { secretName: 'thanos-receiver-tls' },
    clientCa: { name: 'thanos-receiver-client-ca', key: 'ca.crt', checksum: 'hash-of-bundle' },
  },
  hostname: 'thanos-receiver.example.org',
  loadBalancer: { address: '192.0.2.210', annotations: {}, sourceCidrs: ['192.0.2.0/24'] },
};

const selector = expected.selector('thanos-receive-router', 'thanos-receive-router');

describe('arguments of a router', () => {
  it('make it a router that takes the tenant from the certificate alone', () => {
    expect(routerArguments(3, 'ca.crt')).toEqual([
      'receive',
      '--log.format=json',
      '--enable-auto-gomemlimit',
      '--label=receive_replica="$(POD_NAME)"',
      '--receive.hashrings-file=/etc/thanos/hashring/hashrings.json',
      '--receive.hashrings-algorithm=ketama',
      '--receive.hashrings-file-refresh-interval=1m',
      '--receive.replication-factor=3',
      '--receive-forward-timeout=15s',
      '--receive.limits-config-file=/etc/thanos/limits/limits.yaml',
      '--receive.tenant-certificate-field=commonName',
      '--receive.tenant-label-name=cluster',
      '--remote-write.server-tls-cert=/etc/thanos/tls/server/tls.crt',
      '--remote-write.server-tls-key=/etc/thanos/tls/server/tls.key',
      '--remote-write.server-tls-client-ca=/etc/thanos/tls/client-ca/ca.crt',
    ]);
  });

  it.each([1, 2, 3])('keep every sample %i times in a ring of as many', (n) => {
    expect(routerArguments(n, 'ca.crt')).toContain(`--receive.replication-factor=${n}`);
  });
});

describe('load balancer for remote write', () => {
  it('asks for its fixed address and takes its sources alone', () => {
    expect(remoteWriteLoadBalancer(args)).toEqual({
      metadata: {
        ...expected.metadata('thanos-receiver', selector),
        annotations: {
          'external-dns.kubernetes.io/hostname': 'thanos-receiver.example.org',
          'external-dns.alpha.kubernetes.io/hostname': 'thanos-receiver.example.org',
          'lbipam.cilium.io/ips': '192.0.2.210',
        },
      },
      spec: {
        type: 'LoadBalancer',
        selector,
        ports: [{ name: 'remote-write', port: 19291, targetPort: 'remote-write' }],
        loadBalancerIP: '192.0.2.210',
        loadBalancerSourceRanges: ['192.0.2.0/24'],
      },
    });
  });

  it('takes any address without one, and annotations of yours over its own', () => {
    const { metadata, spec } = remoteWriteLoadBalancer({
      ...args,
      loadBalancer: {
        annotations: {
          'metallb.io/address-pool': 'edges',
          'external-dns.alpha.kubernetes.io/hostname': 'mine',
        },
        sourceCidrs: ['0.0.0.0/0'],
      },
    });
    expect(metadata).toMatchObject({
      annotations: {
        'metallb.io/address-pool': 'edges',
        'external-dns.alpha.kubernetes.io/hostname': 'mine',
      },
    });
    expect(spec).not.toHaveProperty('loadBalancerIP');
  });
});

describe('ReceiveRouter', () => {
  let registered: Registered;
  let router: ReceiveRouter;

  beforeAll(async () => {
    registered = await register(() => {
      router = new ReceiveRouter('receive-router', args, {});
    });
  });

  it('consists of these objects', () => {
    expect(registered.names).toEqual([
      `${types.deployment} thanos-receive-router`,
      `${types.configMap} thanos-receive-hashring-rf3`,
      `${types.configMap} thanos-receive-limits`,
      `${types.service} thanos-receive-router`,
      `${types.service} thanos-receiver`,
      `${types.serviceMonitor} thanos-receive-router`,
      `${types.disruptionBudget} thanos-receive-router`,
    ]);
  });

  it('publishes the URL that edges write to', () => {
    expect(router.remoteWriteUrl).toBe('https://thanos-receiver.example.org:19291/api/v1/receive');
  });

  it('publishes the same port by the name that its Service has inside', () => {
    expect(router.inside).toEqual({
      address: 'thanos-receiver.monitoring.svc.cluster.local:19291',
      path: '/api/v1/receive',
    });
  });

  it('reads the ring from a file, and a ring of another replication factor from another', async () => {
    expect(expected.configMapData(registered, 'thanos-receive-hashring-rf3')).toEqual({
      'hashrings.json': expect.stringContaining(
        'thanos-receiver-2.thanos-receiver-headless.monitoring.svc.cluster.local:10901',
      ) as string,
    });
    const smaller = await register(
      () => new ReceiveRouter('receive-router', { ...args, ingestors: ingestorAddresses(2, thanos) }, {}),
    );
    const larger = await register(
      () => new ReceiveRouter('receive-router', { ...args, ingestors: ingestorAddresses(9, thanos) }, {}),
    );
    expect(smaller.names).toContain(`${types.configMap} thanos-receive-hashring-rf2`);
    expect(larger.names).toContain(`${types.configMap} thanos-receive-hashring-rf3`);
  });

  it('reads the limits from a file', () => {
    expect(expected.configMapData(registered, 'thanos-receive-limits')).toEqual({
      'limits.yaml': limitsFile(args.limits, args.ingestors, resources.limits.memory),
    });
  });

  it('mounts directories, never single files, since those do not change any more', () => {
    const { volumes, container } = expected.podOf(registered, types.deployment);
    expect(volumes).toEqual([
      { name: 'hashring', configMap: { name: 'thanos-receive-hashring-rf3' } },
      { name: 'limits', configMap: { name: 'thanos-receive-limits' } },
      { name: 'server-tls', secret: { secretName: 'thanos-receiver-tls', defaultMode: 0o440 } },
      { name: 'client-ca', configMap: { name: 'thanos-receiver-client-ca' } },
    ]);
    expect(container['volumeMounts']).toEqual([
      { name: 'hashring', mountPath: '/etc/thanos/hashring', readOnly: true },
      { name: 'limits', mountPath: '/etc/thanos/limits', readOnly: true },
      { name: 'server-tls', mountPath: '/etc/thanos/tls/server', readOnly: true },
      { name: 'client-ca', mountPath: '/etc/thanos/tls/client-ca', readOnly: true },
    ]);
  });

  it('restarts for a change of the authorities alone: ring, limits and server certificate are read again', () => {
    expect(expected.podOf(registered, types.deployment).checksums).toEqual({
      'checksum/client-ca': 'hash-of-bundle',
    });
  });

  it('is never fewer while it is updated', () => {
    expect(expected.spec(registered, types.deployment)).toMatchObject({
      replicas: 2,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    });
  });

  it('listens for gRPC, metrics and remote write', () => {
    expect(expected.podOf(registered, types.deployment).container['ports']).toEqual([
      { name: 'grpc', containerPort: 10901 },
      { name: 'http', containerPort: 10902 },
      { name: 'remote-write', containerPort: 19291 },
    ]);
    expect(expected.spec(registered, types.service, 'thanos-receive-router')).toEqual({
      selector,
      ports: [{ name: 'http', port: 10902, targetPort: 'http' }],
    });
  });
});
