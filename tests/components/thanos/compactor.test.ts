import { Compactor, compactorArguments, type CompactorArgs } from '../../../components/thanos/compactor';
import { register, type Registered } from '../../support/mocks';
import * as expected from './fixtures';
import { duration, objstore, quantity, resources, thanos, types } from './fixtures';

const args: CompactorArgs = {
  ...thanos,
  storage: quantity('50Gi'),
  storageClass: 'longhorn',
  retention: { raw: duration('30d'), fiveMinutes: duration('90d'), oneHour: duration('180d') },
  deleteDelay: duration('48h'),
  resources,
  objstore,
};

const selector = expected.selector('thanos-compactor', 'database-compactor');

describe('arguments of the Compactor', () => {
  it('merge overlapping blocks and the copies of Receive, one to one', () => {
    expect(compactorArguments(args)).toEqual([
      'compact',
      '--log.format=json',
      '--enable-auto-gomemlimit',
      '--wait',
      '--data-dir=/var/thanos',
      '--objstore.config-file=/etc/thanos/objstore/objstore.yml',
      '--retention.resolution-raw=30d',
      '--retention.resolution-5m=90d',
      '--retention.resolution-1h=180d',
      '--delete-delay=2d',
      '--consistency-delay=30m',
      '--compact.enable-vertical-compaction',
      '--deduplication.replica-label=receive_replica',
      '--disable-admin-operations',
    ]);
  });
});

describe('Compactor', () => {
  let registered: Registered;

  beforeAll(async () => {
    registered = await register(() => new Compactor('compactor', args, {}));
  });

  it('consists of these objects, without a disruption budget', () => {
    expect(registered.names).toEqual([
      `${types.statefulSet} thanos-compactor`,
      `${types.service} thanos-compactor`,
      `${types.serviceMonitor} thanos-compactor`,
    ]);
  });

  it('is exactly one, and never starts before its predecessor has gone', () => {
    expect(expected.spec(registered, types.statefulSet)).toMatchObject({
      replicas: 1,
      serviceName: 'thanos-compactor',
      podManagementPolicy: 'OrderedReady',
      updateStrategy: { type: 'RollingUpdate' },
    });
  });

  it('has no gRPC: it answers for metrics and probes alone', () => {
    expect(expected.spec(registered, types.service)).toEqual({
      selector,
      clusterIP: 'None',
      ports: [{ name: 'http', port: 10902, targetPort: 'http' }],
    });
    expect(expected.podOf(registered, types.statefulSet).container['ports']).toEqual([
      { name: 'http', containerPort: 10902 },
    ]);
  });
});
