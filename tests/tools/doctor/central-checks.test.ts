import { stringify } from 'yaml';
import { alertmanagerFile } from '../../../components/prometheus-stack/alertmanager-config';
import { Duration } from '../../../config/units';
import type { CentralSeen } from '../../../tools/doctor/central';
import { centralChecks } from '../../../tools/doctor/central-checks';
import { findings, overall } from '../../../tools/doctor/report';
import { centralSeen, claim, config, name, now, pod, unixNow, unseen, workload } from './healthy';

const checks = centralChecks(config);

/** What a check says of a stack with which all is well but this. */
function found(check: string, changes: Partial<CentralSeen>) {
  const line = findings(checks, { ...centralSeen(), ...changes }).find((each) => each.name === check);
  if (!line) throw new Error(`there is no check ${check}`);
  return line;
}

describe('a central stack with which all is well', () => {
  const lines = findings(checks, centralSeen());

  it('is well in every check, and each says what it saw', () => {
    expect(lines.map(({ name: check, status, found: text }) => `${status} ${check}: ${text}`)).toEqual([
      'well pods: 2 pods are as they should be',
      'well versions: kube-prometheus-stack-88.5.3; quay.io/thanos/thanos:v0.42.4, docker.io/library/busybox:1.37.0, quay.io/prometheus/blackbox-exporter:v0.28.0',
      'well claims: 12 claims are bound, each with its configured size',
      'well volumes: of 1 volumes the fullest, data-thanos-receiver-0, is 40 % full',
      'well query endpoints: 2 sidecar; 3 receive; 1 store; 2 rule',
      'well ring: the ring is thanos-receiver-0, thanos-receiver-1, thanos-receiver-2; 2 routers have read it',
      'well edge cluster-02 freshness: the newest sample is 20 s old',
      'well edge cluster-02 remote write: 2 agents send at most 5 s late',
      'well edge cluster-03 freshness: the newest sample is 20 s old',
      'well edge cluster-03 remote write: 2 agents send at most 5 s late',
      'well upload receive: thanos-receiver-0 60 min ago; thanos-receiver-1 60 min ago; thanos-receiver-2 60 min ago',
      'well upload sidecar: prometheus-kube-prometheus-stack-prometheus-0 60 min ago; prometheus-kube-prometheus-stack-prometheus-1 60 min ago',
      'well upload ruler: thanos-ruler-fleet-0 60 min ago; thanos-ruler-fleet-1 60 min ago',
      'well compactor: 144 rounds in 12 h; 1 compactions to do',
      'well certificates: 1 certificates; the first to end, server thanos-receiver, has 186 d',
      'well certificates served: 1 Secrets have the certificates that the stack made',
      'well alertmanager configuration: am-0 runs the rendered configuration; am-1 runs the rendered configuration',
      'well alertmanager keys: 1 keys are there, and mounted',
      'well alertmanager watchdogs: am-0 has the Watchdogs of prometheus and ruler, and 0 alerts that fire; am-1 has the Watchdogs of prometheus and ruler, and 0 alerts that fire',
      'well alert receivers: ops; 0 of 2 Watchdogs are told outside',
      'well grafana datasource: Thanos Query is http://thanos-query-frontend.monitoring.svc.cluster.local:9090; it answers',
      'well grafana dashboards: 27 dashboards, of which 1 in ConfigMaps',
      'well bucket rights: the keys of sidecar, receive, store, compactor, ruler have their rights (that to delete is not asked)',
      'well name grafana: grafana.example.org:443 at 192.0.2.10, TLS until 2027-06-01; 200 without a password',
      'well name query: thanos-query.example.org:443 at 192.0.2.10, TLS until 2027-06-01; 401 without a password; 200 with its password',
      'well name receive: thanos-receiver.example.org:19291 at 192.0.2.10, TLS until 2027-06-01',
      'well probes: cluster-02 is readable through query-frontend; cluster-03 is readable through query-frontend; ' +
        'Receive shows its certificate; and refuses a client without one; ' +
        'grafana.monitoring.example.org answers within the cluster; ' +
        'thanos-query.monitoring.example.org answers within the cluster; ' +
        'thanos-receiver.monitoring.example.org answers within the cluster',
    ]);
  });

  it('asks for nothing to be done', () => {
    expect(lines.filter(({ fix }) => fix !== undefined)).toEqual([]);
    expect(overall(lines)).toBe('well');
  });
});

const ended = (reason: string, at: string) => {
  const one = pod('thanos-store-0');
  const [status] = one.status.containerStatuses;
  if (status)
    Object.assign(status, { restartCount: 4, lastState: { terminated: { reason, finishedAt: at } } });
  return one;
};

const waiting = () => {
  const one = pod('thanos-query-3');
  one.status.conditions = [];
  one.status.containerStatuses = [
    {
      name: 'thanos-query',
      restartCount: 0,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: {},
    },
  ];
  return one;
};

const replaced = <T>(of: { value: T[] } | { why: string }, is: (one: T) => boolean, by: T | undefined) => ({
  value: 'value' in of ? of.value.flatMap((one) => (is(one) ? (by === undefined ? [] : [by]) : [one])) : [],
});

const healthy = centralSeen();
const workloads = (which: string, by: ReturnType<typeof workload> | undefined) => ({
  workloads: replaced(healthy.workloads, ({ metadata }) => metadata.name === which, by),
});

const day = 86_400_000;
const original = stringify(alertmanagerFile(config.alertmanager));

describe('what is wrong is told', () => {
  it.each<[string, string, Partial<CentralSeen>, string]>([
    [
      'a pod that is not ready',
      'pods',
      { pods: { value: [waiting()] } },
      'thanos-query-3 is not ready (thanos-query CrashLoopBackOff)',
    ],
    [
      'a restart within the hour, with its reason',
      'pods',
      { pods: { value: [ended('OOMKilled', '2026-11-27T11:50:00Z')] } },
      'thanos-store-0: main ended 10 min ago (OOMKilled)',
    ],
    [
      'a workload that is not there',
      'pods',
      workloads('thanos-store', undefined),
      'there is no thanos-store',
    ],
    [
      'fewer replicas than configured',
      'pods',
      workloads('thanos-query', workload('thanos-query', 1)),
      'thanos-query has 1 replicas, configured are 2',
    ],
    [
      'fewer ready than configured',
      'pods',
      workloads('thanos-receiver', workload('thanos-receiver', 3, 2)),
      'thanos-receiver: 2 of 3 are ready',
    ],
    [
      'another version of Thanos, by whatever mirror',
      'versions',
      {
        pods: {
          value: [
            pod('thanos-query-1', { image: 'mirror.example.org/quay/thanos/thanos:v0.41.0@sha256:00' }),
          ],
        },
      },
      'thanos-query-1/main runs mirror.example.org/quay/thanos/thanos:v0.41.0@sha256:00',
    ],
    [
      'another version of the chart',
      'versions',
      workloads(
        'kube-prometheus-stack-operator',
        workload('kube-prometheus-stack-operator', 1, 1, { chart: 'kube-prometheus-stack-80.0.0' }),
      ),
      'the chart is kube-prometheus-stack-80.0.0, not kube-prometheus-stack-88.5.3',
    ],
    [
      'a claim that is smaller than configured',
      'claims',
      {
        claims: replaced(
          healthy.claims,
          ({ metadata }) => metadata.name === 'data-thanos-receiver-1',
          claim('data-thanos-receiver-1', '10Gi'),
        ),
      },
      'data-thanos-receiver-1 has 10Gi, receive.storage is 50Gi',
    ],
    [
      'a claim that waits for a volume, and one that is not there',
      'claims',
      {
        claims: replaced(
          replaced(
            healthy.claims,
            ({ metadata }) => metadata.name === 'data-thanos-store-0',
            claim('data-thanos-store-0', '1Gi', 'Pending'),
          ),
          ({ metadata }) => metadata.name === 'data-thanos-compactor-0',
          undefined,
        ),
      },
      'data-thanos-store-0 is Pending; there is no claim data-thanos-compactor-0',
    ],
    [
      'a volume that is nearly full',
      'volumes',
      { volumeUse: { value: [{ claim: 'data-thanos-receiver-0', capacity: 100, available: 10 }] } },
      'data-thanos-receiver-0 is 90 % full',
    ],
    [
      'a StoreAPI that Query has lost, and one that does not answer',
      'query endpoints',
      {
        stores: {
          value: {
            ...('value' in healthy.stores ? healthy.stores.value : {}),
            receive: [
              { name: 'c:10901', lastError: null },
              { name: 'd:10901', lastError: 'connection refused' },
            ],
          },
        },
      },
      'Query knows 2 of 3 receive; d:10901 does not answer: connection refused',
    ],
    [
      'a ring with fewer members',
      'ring',
      {
        ring: {
          value: {
            metadata: { name: 'thanos-receive-hashring-rf3', namespace: '', labels: {} },
            data: { 'hashrings.json': '[{"endpoints":[{"address":"thanos-receiver-0.x:10901"}]}]' },
          },
        },
      },
      'thanos-receive-hashring-rf3 has 1 members, thanos-receiver-0, not thanos-receiver-0, thanos-receiver-1, thanos-receiver-2',
    ],
    [
      'a router that could not read its ring',
      'ring',
      {
        ringRead: {
          value: [
            { labels: { pod: 'one' }, value: 0 },
            { labels: { pod: 'two' }, value: 1 },
          ],
        },
      },
      'one could not read its ring',
    ],
    [
      'an edge whose newest sample is old',
      'edge cluster-02 freshness',
      { ages: { value: [{ labels: { cluster: 'cluster-02' }, value: 121 }] } },
      'the newest sample is 2 min old',
    ],
    [
      'an edge of which there is nothing',
      'edge cluster-03 freshness',
      { ages: { value: [] } },
      'no sample for an hour',
    ],
    [
      'an agent that is behind',
      'edge cluster-02 remote write',
      { lags: { value: [{ labels: { cluster: 'cluster-02', pod: 'agent-0' }, value: 600 }] } },
      'agent-0 sends 10 min late',
    ],
    [
      'a part that has not uploaded its block',
      'upload ruler',
      {
        uploads: {
          value: [0, 1].map((i) => ({
            labels: { job: 'thanos-ruler', pod: `thanos-ruler-fleet-${i}` },
            value: unixNow - (i + 1) * 5 * 3600,
          })),
        },
      },
      'thanos-ruler-fleet-1 has uploaded nothing for 10 h',
    ],
    [
      'a Compactor that has halted',
      'compactor',
      { halted: { value: [{ labels: { job: 'thanos-compactor' }, value: 1 }] } },
      'it has halted: a block that it cannot merge stops all its work',
    ],
    [
      'a Compactor that ends no round',
      'compactor',
      { rounds: { value: [{ labels: { job: 'thanos-compactor' }, value: 0 }] } },
      'it has ended no round in 12 h',
    ],
    [
      'certificates near their end, and past it',
      'certificates',
      {
        certificates: {
          value: [
            { certificate: 'client cluster-02', end: new Date(now.getTime() + 29 * day) },
            { certificate: 'client cluster-03', end: new Date(now.getTime() - day) },
          ],
        },
      },
      'client cluster-03 has ended; client cluster-02 ends in 29 d',
    ],
    [
      'a certificate in the cluster that is not the last one',
      'certificates served',
      {
        served: { value: [{ certificate: 'server thanos-receiver', end: new Date('2026-12-24T00:00:00Z') }] },
      },
      'server thanos-receiver in the cluster ends 2026-12-24T00:00:00.000Z, by the stack 2027-06-01T00:00:00.123Z',
    ],
    [
      'an Alertmanager that runs another configuration',
      'alertmanager configuration',
      {
        alertmanagers: [
          {
            value: {
              pod: 'am-0',
              original: original.replace('group_wait: 10s', 'group_wait: 11s'),
              alerts: [],
            },
          },
        ],
      },
      'am-0 runs another configuration: route.group_wait',
    ],
    [
      'a key that is not there',
      'alertmanager keys',
      { keys: [{ value: { secretName: 'alertmanager-receivers', key: 'slack', there: false } }] },
      'alertmanager-receivers has no value under slack',
    ],
    [
      'a Secret that is not mounted',
      'alertmanager keys',
      { alertmanagerPods: { value: [pod('am-0')] } },
      'am-0 does not mount alertmanager-receivers',
    ],
    [
      'a Watchdog that does not arrive',
      'alertmanager watchdogs',
      {
        alertmanagers: [
          {
            value: {
              pod: 'am-0',
              original: '',
              alerts: [{ alertname: 'Watchdog', evaluator: 'prometheus' }],
            },
          },
        ],
      },
      'am-0 has no Watchdog of ruler',
    ],
    [
      'a datasource that is not ours and does not answer',
      'grafana datasource',
      {
        grafana: {
          value: {
            datasource: { name: 'Prometheus', url: 'http://prometheus:9090' },
            health: { status: 'ERROR', message: '401' },
            dashboards: 27,
          },
        },
      },
      'Prometheus is http://prometheus:9090, not http://thanos-query-frontend.monitoring.svc.cluster.local:9090; it does not answer: 401',
    ],
    [
      'dashboards that are not shown',
      'grafana dashboards',
      { grafana: { value: { health: { status: 'OK', message: '' }, dashboards: 0 } } },
      '0 of 1 dashboards',
    ],
    [
      'a key that has lost its policy, and one with more than it needs',
      'bucket rights',
      {
        rights: [
          { value: { user: 'receive', list: false, read: false, write: false } },
          { value: { user: 'store', list: true, read: true, write: true } },
        ],
      },
      'the key of receive may not list, read, write; the key of store may write, and needs to read alone',
    ],
    [
      'a key of a user that the store has lost',
      'bucket rights',
      {
        rights: [
          { value: { user: 'ruler', list: false, read: false, write: false, refusal: 'InvalidAccessKeyId' } },
        ],
      },
      'the store does not take the key of ruler: InvalidAccessKeyId',
    ],
    [
      'a name without an address',
      'name receive',
      { names: { ...healthy.names, receive: name('thanos-receiver.example.org', { addresses: [] }) } },
      'thanos-receiver.example.org has no address',
    ],
    [
      'a certificate that clients refuse',
      'name grafana',
      {
        names: {
          ...healthy.names,
          grafana: name('grafana.example.org', { tls: { refusal: 'CERT_HAS_EXPIRED', end: now } }),
        },
      },
      'grafana.example.org:443 at 192.0.2.10 has a certificate that its clients refuse: CERT_HAS_EXPIRED',
    ],
    [
      'a Query that asks nobody for a password',
      'name query',
      {
        names: {
          ...healthy.names,
          query: name('thanos-query.example.org', { status: 200, statusWithLogin: 200 }),
        },
      },
      'it answers 200 without a password, not 401',
    ],
  ])('%s', (_, check, changes, text) => {
    const line = found(check, changes);
    expect(line).toEqual({
      name: check,
      status: 'wrong',
      found: text,
      fix: expect.stringMatching(/\.(md)?\)?$|\.$/) as string,
    });
  });

  it('that nobody is told of alerts', () => {
    const alone = { ...config, alertmanager: { ...config.alertmanager, receivers: [] } };
    const line = findings(centralChecks(alone), centralSeen()).find(
      (each) => each.name === 'alert receivers',
    );
    expect(line).toMatchObject({ status: 'wrong', found: 'no receiver is configured: alerts reach nobody' });
  });
});

describe('a shorter block of Receive', () => {
  it('is due earlier, those of Prometheus and of the Ruler are not', () => {
    const receive = { ...config.receive, blockDuration: Duration.parse('2m') };
    const lines = findings(centralChecks({ ...config, receive }), centralSeen());
    const statuses = lines
      .filter(({ name: check }) => check.startsWith('upload'))
      .map(({ status }) => status);
    expect(statuses).toEqual(['wrong', 'well', 'well']);
  });
});

describe('what could not be looked at is neither well nor wrong', () => {
  it.each<[string, Partial<CentralSeen>]>([
    ['pods', { pods: unseen }],
    ['pods', { workloads: unseen }],
    ['versions', { pods: unseen }],
    ['claims', { claims: unseen }],
    ['volumes', { volumeUse: unseen }],
    ['query endpoints', { stores: unseen }],
    ['ring', { ring: unseen }],
    ['ring', { ringRead: unseen }],
    ['edge cluster-02 freshness', { ages: unseen }],
    ['edge cluster-02 remote write', { lags: unseen }],
    ['upload receive', { uploads: unseen }],
    ['compactor', { halted: unseen }],
    ['certificates', { certificates: unseen }],
    ['certificates served', { served: unseen }],
    ['alertmanager configuration', { alertmanagers: [unseen] }],
    ['alertmanager keys', { keys: [unseen] }],
    ['alertmanager watchdogs', { alertmanagers: [unseen] }],
    ['grafana datasource', { grafana: unseen }],
    ['grafana dashboards', { dashboards: unseen }],
    ['bucket rights', { rights: [unseen] }],
    ['name grafana', { names: { ...healthy.names, grafana: unseen } }],
    ['name query', { names: { ...healthy.names, query: unseen } }],
    ['name query', { names: { ...healthy.names, withoutLogin: unseen } }],
    ['name receive', { names: { ...healthy.names, receive: unseen } }],
    ['probes', { probed: unseen }],
    ['probes', { namesAnswered: unseen }],
    ['probes', { admitted: unseen }],
  ])('%s', (check, changes) => {
    expect(found(check, changes)).toEqual({
      name: check,
      status: 'unknown',
      found: unseen.why,
      fix: unseen.fix,
    });
  });

  it.each<[string, Partial<CentralSeen>, string]>([
    ['volumes', { volumeUse: { value: [] } }, 'the kubelets tell of no volume'],
    [
      'edge cluster-02 remote write',
      { lags: { value: [] } },
      'its agents have told nothing of their queues for 5 minutes',
    ],
    ['compactor', { halted: { value: [] } }, 'Prometheus has nothing of thanos-compactor'],
    ['certificates', { certificates: { value: [] } }, 'no certificate is known'],
    ['alertmanager configuration', { alertmanagers: [] }, 'no pod of Alertmanager was found'],
  ])('%s without data', (check, changes, text) => {
    expect(found(check, changes)).toMatchObject({ status: 'unknown', found: text });
  });

  it('but what is wrong with one Alertmanager counts where the other does not answer', () => {
    const alertmanagers = [unseen, { value: { pod: 'am-1', original: '{}', alerts: [] } }];
    expect(found('alertmanager watchdogs', { alertmanagers })).toMatchObject({
      status: 'wrong',
      found: 'am-1 has no Watchdog of prometheus; am-1 has no Watchdog of ruler',
    });
  });
});
