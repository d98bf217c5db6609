import { Ruler, rulerArguments, type RulerArgs } from '../../../components/thanos/ruler';
import { register, type Registered } from '../../support/mocks';
import * as expected from './fixtures';
import { objstore, quantity, resources, thanos, types } from './fixtures';

const args: RulerArgs = {
  ...thanos,
  replicas: 2,
  storage: quantity('2Gi'),
  storageClass: 'longhorn',
  resources,
  objstore,
  queryAddress: 'dnssrv+_http._tcp.thanos-query.monitoring.svc.cluster.local',
  alertmanagers: ['dnssrv+http://_http-web._tcp.alertmanager-operated.monitoring.svc.cluster.local'],
  ruleFiles: { 'edges.yaml': 'groups: []\n', 'thanos.yaml': 'groups: []\n' },
  queryUrl: 'https://thanos-query.example.org',
};

const ruler = (changes: Partial<RulerArgs> = {}) =>
  register(() => new Ruler('ruler', { ...args, ...changes }, {}));

const checksums = (registered: Registered) =>
  expected.podOf(registered, types.statefulSet).checksums as Record<string, string>;

describe('arguments of the Ruler', () => {
  it('evaluate through Query, reach every Alertmanager, and drop what tells Rulers apart from alerts', () => {
    expect(rulerArguments(args)).toEqual([
      'rule',
      '--log.format=json',
      '--enable-auto-gomemlimit',
      '--data-dir=/var/thanos',
      '--objstore.config-file=/etc/thanos/objstore/objstore.yml',
      '--tsdb.retention=2d',
      '--label=ruler_replica="$(POD_NAME)"',
      '--rule-file=/etc/thanos/rules/*.yaml',
      '--query=dnssrv+_http._tcp.thanos-query.monitoring.svc.cluster.local',
      '--alertmanagers.url=dnssrv+http://_http-web._tcp.alertmanager-operated.monitoring.svc.cluster.local',
      '--alert.query-url=https://thanos-query.example.org',
      '--alert.label-drop=ruler_replica',
    ]);
  });

  it('never set the label cluster, which would overwrite that of every series', () => {
    expect(rulerArguments(args).filter((flag) => flag.startsWith('--label=cluster'))).toEqual([]);
  });
});

describe('Ruler', () => {
  let registered: Registered;

  beforeAll(async () => {
    registered = await ruler();
  });

  it('consists of these objects', () => {
    expect(registered.names).toEqual([
      `${types.statefulSet} thanos-ruler`,
      `${types.configMap} thanos-ruler-rules`,
      `${types.service} thanos-ruler`,
      `${types.serviceMonitor} thanos-ruler`,
      `${types.disruptionBudget} thanos-ruler`,
    ]);
  });

  it('publishes every replica to Query', async () => {
    let made: Ruler | undefined;
    await register(() => {
      made = new Ruler('ruler', args, {});
    });
    expect(made?.storeEndpoint).toEqual({
      address: 'dnssrv+_grpc._tcp.thanos-ruler.monitoring.svc.cluster.local',
    });
    expect(expected.spec(registered, types.service)).toMatchObject({
      selector: expected.selector('thanos-ruler', 'rule-evaluation-engine'),
      clusterIP: 'None',
    });
  });

  it('mounts its rules as a directory', () => {
    expect(expected.configMapData(registered)).toEqual(args.ruleFiles);
    const { volumes, container } = expected.podOf(registered, types.statefulSet);
    expect(volumes).toEqual([
      expected.objstoreVolume,
      { name: 'rules', configMap: { name: 'thanos-ruler-rules' } },
    ]);
    expect(container['volumeMounts']).toEqual([
      expected.dataMount,
      expected.objstoreMount,
      { name: 'rules', mountPath: '/etc/thanos/rules', readOnly: true },
    ]);
  });

  it('restarts when a rule changes, and not when the files only come in another order', async () => {
    const reordered = { 'thanos.yaml': 'groups: []\n', 'edges.yaml': 'groups: []\n' };
    const changed = { ...args.ruleFiles, 'edges.yaml': 'groups: [{ name: edges, rules: [] }]\n' };
    expect(Object.keys(checksums(registered))).toEqual(['checksum/objstore', 'checksum/rules']);
    expect(checksums(await ruler({ ruleFiles: reordered }))).toEqual(checksums(registered));
    expect(checksums(await ruler({ ruleFiles: changed }))['checksum/rules']).not.toBe(
      checksums(registered)['checksum/rules'],
    );
  });

  it('is given 10 minutes to replay its WAL, which it does before it answers', () => {
    expect(expected.podOf(registered, types.statefulSet).container['startupProbe']).toMatchObject({
      periodSeconds: 5,
      failureThreshold: 120,
    });
  });

  it('refuses a rule file that it would not read', async () => {
    await expect(ruler({ ruleFiles: { 'edges.yml': 'groups: []\n' } })).rejects.toThrow(
      'rule file edges.yml: its name must end in .yaml',
    );
  });
});
