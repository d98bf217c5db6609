import { Query, endpointsFile, queryArguments, queryHttpSrv } from '../../../components/thanos/query';
import { register, type Registered } from '../../support/mocks';
import * as expected from './fixtures';
import { resources, thanos, types } from './fixtures';

const endpoints = [
  { address: 'dnssrv+_grpc._tcp.prometheus-operated.monitoring.svc.cluster.local' },
  { address: 'dnssrv+_grpc._tcp.thanos-store.monitoring.svc.cluster.local' },
];
const replicaLabels = ['prometheus_replica', 'receive_replica', 'ruler_replica'];
const selector = expected.selector('thanos-query', 'query-layer');

describe('arguments of Query', () => {
  it('read the endpoints from a file, remove copies and use downsampled data', () => {
    expect(queryArguments(replicaLabels)).toEqual([
      'query',
      '--log.format=json',
      '--enable-auto-gomemlimit',
      '--http-address=0.0.0.0:9090',
      '--endpoint.sd-config-file=/etc/thanos/endpoints/endpoints.yaml',
      '--endpoint.sd-config-reload-interval=1m',
      '--query.replica-label=prometheus_replica',
      '--query.replica-label=receive_replica',
      '--query.replica-label=ruler_replica',
      '--query.auto-downsampling',
      '--query.timeout=2m',
      '--query.max-concurrent=20',
      '--query.max-concurrent-select=4',
      '--store.response-timeout=1m',
    ]);
  });
});

describe('file of endpoints', () => {
  it('asks every replica behind an address, so none is a group', () => {
    expect(endpointsFile(endpoints)).toBe(
      'endpoints:\n' +
        '  - address: dnssrv+_grpc._tcp.prometheus-operated.monitoring.svc.cluster.local\n' +
        '  - address: dnssrv+_grpc._tcp.thanos-store.monitoring.svc.cluster.local\n',
    );
  });
});

describe('Query', () => {
  let registered: Registered;
  let query: Query;

  beforeAll(async () => {
    registered = await register(() => {
      query = new Query('query', { ...thanos, replicas: 2, resources, endpoints, replicaLabels }, {});
    });
  });

  it('consists of these objects', () => {
    expect(registered.names).toEqual([
      `${types.deployment} thanos-query`,
      `${types.configMap} thanos-query-endpoints`,
      `${types.service} thanos-query`,
      `${types.serviceMonitor} thanos-query`,
      `${types.disruptionBudget} thanos-query`,
    ]);
  });

  it('publishes its API as a URL and as an SRV address', () => {
    expect(query.url).toBe('http://thanos-query.monitoring.svc.cluster.local:9090');
    expect(queryHttpSrv(thanos)).toBe('dnssrv+_http._tcp.thanos-query.monitoring.svc.cluster.local');
  });

  it('names its Service port http, which the SRV address needs', () => {
    expect(expected.spec(registered, types.service)).toEqual({
      selector,
      ports: [
        { name: 'grpc', port: 10901, targetPort: 'grpc' },
        { name: 'http', port: 9090, targetPort: 'http' },
      ],
    });
  });

  it('does not restart for a change of the endpoints, which it reads again', () => {
    expect(expected.configMapData(registered)).toEqual({ 'endpoints.yaml': endpointsFile(endpoints) });
    const { checksums, volumes } = expected.podOf(registered, types.deployment);
    expect(checksums).toEqual({});
    expect(volumes).toEqual([{ name: 'endpoints', configMap: { name: 'thanos-query-endpoints' } }]);
  });

  it('goes on serving for 5 seconds when it is told to stop', () => {
    const { container, terminationGracePeriodSeconds } = expected.podOf(registered, types.deployment);
    expect(container['lifecycle']).toEqual({ preStop: { sleep: { seconds: 5 } } });
    expect(terminationGracePeriodSeconds).toBe(300);
  });
});
