import { Store, storeArguments, type StoreArgs } from '../../../components/thanos/store';
import { register, type Registered } from '../../support/mocks';
import * as expected from './fixtures';
import { duration, objstore, quantity, resources, thanos, types } from './fixtures';

const args: StoreArgs = {
  ...thanos,
  replicas: 1,
  storage: quantity('1Gi'),
  storageClass: 'longhorn',
  indexCacheSize: quantity('500MB'),
  chunkPoolSize: quantity('512MB'),
  resources,
  objstore,
  deleteDelay: duration('48h'),
};

const selector = expected.selector('thanos-store', 'object-store-gateway');

describe('arguments of Store', () => {
  it('bound its caches, and ignore deleted blocks after half the delete delay', () => {
    expect(storeArguments(args)).toEqual([
      'store',
      '--log.format=json',
      '--enable-auto-gomemlimit',
      '--data-dir=/var/thanos',
      '--objstore.config-file=/etc/thanos/objstore/objstore.yml',
      '--index-cache.config=type: IN-MEMORY\nconfig:\n  max_size: 500MiB\n  max_item_size: 64000KiB\n',
      '--chunk-pool-size=512MiB',
      '--store.enable-index-header-lazy-reader',
      '--sync-block-duration=3m',
      '--ignore-deletion-marks-delay=1d',
      '--disable-admin-operations',
    ]);
  });
});

describe('Store', () => {
  let registered: Registered;
  let store: Store;

  beforeAll(async () => {
    registered = await register(() => {
      store = new Store('store', args, {});
    });
  });

  it('consists of these objects', () => {
    expect(registered.names).toEqual([
      `${types.statefulSet} thanos-store`,
      `${types.service} thanos-store`,
      `${types.serviceMonitor} thanos-store`,
      `${types.disruptionBudget} thanos-store`,
    ]);
  });

  it('publishes every replica to Query', () => {
    expect(store.storeEndpoint).toEqual({
      address: 'dnssrv+_grpc._tcp.thanos-store.monitoring.svc.cluster.local',
    });
    expect(expected.spec(registered, types.service)).toEqual({
      selector,
      clusterIP: 'None',
      ports: [
        { name: 'grpc', port: 10901, targetPort: 'grpc' },
        { name: 'http', port: 10902, targetPort: 'http' },
      ],
    });
  });

  it('keeps its index headers on a volume', () => {
    expect(expected.spec(registered, types.statefulSet)).toMatchObject({
      replicas: 1,
      serviceName: 'thanos-store',
      podManagementPolicy: 'OrderedReady',
      volumeClaimTemplates: [{ spec: { resources: { requests: { storage: '1Gi' } } } }],
    });
    expect(expected.podOf(registered, types.statefulSet).container['volumeMounts']).toEqual([
      expected.dataMount,
      expected.objstoreMount,
    ]);
  });

  it('restarts when the object store configuration has changed', () => {
    expect(expected.podOf(registered, types.statefulSet).checksums).toEqual({
      'checksum/objstore': 'hash-of-objstore',
    });
  });
});
