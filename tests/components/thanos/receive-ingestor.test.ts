import { fullVolume } from '../../../components/foundation/full-volume';
import {
  ReceiveIngestor,
  ingestorArguments,
  type ReceiveIngestorArgs,
} from '../../../components/thanos/receive-ingestor';
import { register, type Registered } from '../../support/mocks';
import * as expected from './fixtures';
import { duration, objstore, quantity, resources, thanos, types } from './fixtures';

const args: ReceiveIngestorArgs = {
  ...thanos,
  replicas: 3,
  ring: 3,
  storage: quantity('50Gi'),
  storageClass: 'longhorn',
  retention: duration('12h'),
  blockDuration: duration('2h'),
  outage: duration('6h'),
  startup: duration('18m'),
  resources,
  objstore,
};

const selector = expected.selector('thanos-receiver', 'thanos-receive-ingestor');

describe('arguments of an ingestor', () => {
  it('make it an ingestor, with half an hour more than the outage as out-of-order window', () => {
    expect(ingestorArguments(args)).toEqual([
      'receive',
      '--log.format=json',
      '--enable-auto-gomemlimit',
      '--tsdb.path=/var/thanos',
      '--label=receive_replica="$(POD_NAME)"',
      '--objstore.config-file=/etc/thanos/objstore/objstore.yml',
      '--tsdb.retention=12h',
      '--tsdb.min-block-duration=2h',
      '--tsdb.max-block-duration=2h',
      '--tsdb.out-of-order.time-window=6h30m',
      '--tsdb.too-far-in-future.time-window=5m',
      '--receive.tenant-label-name=cluster',
    ]);
  });
});

describe('ReceiveIngestor', () => {
  let registered: Registered;
  let ingestor: ReceiveIngestor;

  beforeAll(async () => {
    registered = await register(() => {
      ingestor = new ReceiveIngestor('receive-ingestor', args, {});
    });
  });

  it('consists of these objects', () => {
    expect(registered.names).toEqual([
      `${types.statefulSet} thanos-receiver`,
      `${types.service} thanos-receiver-headless`,
      `${types.serviceMonitor} thanos-receiver`,
      `${types.disruptionBudget} thanos-receiver`,
    ]);
  });

  it('publishes what Query asks and what goes into the hashring', () => {
    expect(ingestor.storeEndpoint).toEqual({
      address: 'dnssrv+_grpc._tcp.thanos-receiver-headless.monitoring.svc.cluster.local',
    });
    expect(ingestor.addresses).toEqual(
      [0, 1, 2].map(
        (i) => `thanos-receiver-${i}.thanos-receiver-headless.monitoring.svc.cluster.local:10901`,
      ),
    );
  });

  it('outside of the ring is asked by Query and not written to', async () => {
    let leaving: ReceiveIngestor | undefined;
    const { resources: all } = await register(() => {
      leaving = new ReceiveIngestor('receive-ingestor', { ...args, ring: 1 }, {});
    });
    expect(leaving?.addresses).toEqual([
      'thanos-receiver-0.thanos-receiver-headless.monitoring.svc.cluster.local:10901',
    ]);
    expect(leaving?.storeEndpoint).toEqual(ingestor.storeEndpoint);
    expect(all.find(({ type }) => type === types.statefulSet)?.inputs).toMatchObject({
      spec: { replicas: 3 },
    });
  });

  it('has names that resolve before it is ready', () => {
    expect(registered.inputs(types.service)).toMatchObject({
      metadata: expected.metadata('thanos-receiver-headless', selector),
      spec: {
        selector,
        clusterIP: 'None',
        publishNotReadyAddresses: true,
        ports: [
          { name: 'grpc', port: 10901, targetPort: 'grpc' },
          { name: 'http', port: 10902, targetPort: 'http' },
        ],
      },
    });
  });

  it('starts and stops all at once, updates one by one, and keeps its claims', () => {
    expect(registered.inputs(types.statefulSet)).toMatchObject({
      metadata: expected.metadata('thanos-receiver', selector),
      spec: {
        replicas: 3,
        serviceName: 'thanos-receiver-headless',
        selector: { matchLabels: selector },
        podManagementPolicy: 'Parallel',
        minReadySeconds: 60,
        updateStrategy: { type: 'RollingUpdate' },
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: {
              accessModes: ['ReadWriteOnce'],
              storageClassName: 'longhorn',
              resources: { requests: { storage: '50Gi' } },
            },
          },
        ],
      },
    });
  });

  it('has 15 minutes to write its head to a block and upload it', () => {
    expect(expected.podOf(registered, types.statefulSet).terminationGracePeriodSeconds).toBe(900);
  });

  it('gives an update of three the time that each may take to stop, start, read its log and be trusted', () => {
    // 15 minutes until its shutdown is over, as many until it reads its log, and those that it reads.
    const seconds = 3 * (900 + 900 + 18 * 60 + 60);
    // For create, update and delete.
    expect(Object.values(registered.one(types.statefulSet).options.timeouts ?? {})).toEqual(
      Array.from({ length: 3 }, () => `${seconds}s`),
    );
  });

  it('restarts when the object store configuration has changed', () => {
    const { checksums, volumes, container } = expected.podOf(registered, types.statefulSet);
    const whenFull = fullVolume({ name: 'data', path: '/var/thanos' });
    expect(checksums).toEqual({ 'checksum/objstore': 'hash-of-objstore' });
    expect(volumes).toEqual([expected.objstoreVolume, ...whenFull.volumes]);
    expect(container['volumeMounts']).toEqual([
      expected.dataMount,
      expected.objstoreMount,
      ...whenFull.volumeMounts,
    ]);
  });

  it('is given 30 minutes until its HTTP server answers, and is not cut off while it replays its WAL', () => {
    expect(expected.podOf(registered, types.statefulSet).container).toMatchObject({
      startupProbe: {
        httpGet: { path: '/-/healthy', port: 'http' },
        periodSeconds: 5,
        failureThreshold: 360,
      },
      livenessProbe: { httpGet: { path: '/-/healthy', port: 'http' } },
      readinessProbe: { httpGet: { path: '/-/ready', port: 'http' } },
    });
  });

  it('lets nodes be drained one ingestor at a time', () => {
    expect(expected.spec(registered, types.disruptionBudget)).toEqual({
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: selector },
    });
  });

  it('is scraped as job thanos-receiver', () => {
    expect(expected.spec(registered, types.serviceMonitor)).toEqual({
      jobLabel: 'app.kubernetes.io/name',
      selector: { matchLabels: selector },
      endpoints: [{ port: 'http' }],
    });
  });
});
