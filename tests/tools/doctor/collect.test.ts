import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpClient } from '../../../tools/http-client';
import { ApiReader } from '../../../tools/kubernetes/api-reader';
import { testAlertTold } from '../../../tools/doctor/checks/test-alert';
import { agentIn } from '../../../tools/doctor/collect/agents';
import { lookAtAlertmanager } from '../../../tools/doctor/collect/alertmanager';
import { rights } from '../../../tools/doctor/collect/bucket';
import { lookAtCluster } from '../../../tools/doctor/collect/cluster';
import { askedBy, basic } from '../../../tools/doctor/collect/forwarded';
import { lookAtGrafana } from '../../../tools/doctor/collect/grafana';
import { ask, stores } from '../../../tools/doctor/collect/queries';
import { countersIn, sendTestAlert } from '../../../tools/doctor/collect/test-alert';

type Answer = (request: IncomingMessage & { path: string }) => { status?: number; body: unknown };

const open: (() => unknown)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** A server on this machine, and a client of it. */
async function serving(answer: Answer): Promise<{ http: HttpClient; port: number }> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    // Answered when all of it has arrived, as a store does that checks sums.
    request.resume().on('end', () => {
      const { status = 200, body } = answer(Object.assign(request, { path: request.url ?? '' }));
      response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const http = new HttpClient({ host: '127.0.0.1', port }, undefined, { timeoutMs: 5000 });
  open.push(() => {
    http.close();
    server.close();
  });
  return { http, port };
}

/** Answers by the beginning of a path; anything else is not found. */
const by =
  (answers: Readonly<Record<string, unknown>>): Answer =>
  ({ path }) => {
    const found = Object.entries(answers).find(([start]) => path.startsWith(start));
    return found ? { body: found[1] } : { status: 404, body: { message: `${path} not found` } };
  };

const vector = (...result: { metric: object; value: [number, string] }[]) => ({
  status: 'success',
  data: { resultType: 'vector', result },
});

describe('what servers of the cluster answer', () => {
  it('Prometheus: each query by its name, and one that fails leaves the others', async () => {
    const { http } = await serving(({ path }) =>
      path === '/api/v1/query?query=up'
        ? { body: vector({ metric: { pod: 'a' }, value: [1, '42.5'] }) }
        : { status: 422, body: 'expanding series: no' },
    );
    expect(await ask(askedBy(http), { good: 'up', bad: 'down' })).toEqual({
      good: { value: [{ labels: { pod: 'a' }, value: 42.5 }] },
      bad: {
        why: 'query of bad: /api/v1/query: HTTP 422: expanding series: no',
        fix: 'Look at it by hand, or ask again.',
      },
    });
  });

  it('Query: every StoreAPI by its kind', async () => {
    const sidecar = {
      name: '10.0.0.1:10901',
      lastCheck: '2026-11-27T12:00:00Z',
      lastError: null,
      labelSets: [],
      minTime: 0,
      maxTime: 1,
    };
    const { http } = await serving(
      by({ '/api/v1/stores': { status: 'success', data: { sidecar: [sidecar] } } }),
    );
    expect(await stores(askedBy(http))).toEqual({ sidecar: [{ name: '10.0.0.1:10901', lastError: null }] });
  });

  it('Alertmanager: its configuration, and what fires', async () => {
    const { http } = await serving(
      by({
        '/api/v2/status': { cluster: {}, config: { original: 'route: {}' }, versionInfo: {} },
        '/api/v2/alerts?active=true': [{ labels: { alertname: 'Watchdog' }, annotations: {}, status: {} }],
      }),
    );
    expect(await lookAtAlertmanager('am-0')(askedBy(http))).toEqual({
      pod: 'am-0',
      original: 'route: {}',
      alerts: [{ alertname: 'Watchdog' }],
    });
  });

  const grafana = {
    '/api/datasources/uid/prometheus/health': { status: 'OK', message: 'Successfully queried' },
    '/api/datasources': [
      { uid: 'alertmanager', name: 'Alertmanager', url: 'http://a', isDefault: false },
      { uid: 'prometheus', name: 'Thanos Query', url: 'http://q', isDefault: true },
    ],
    '/api/search': [{ uid: 'a' }, { uid: 'b' }],
  };

  it('Grafana: its datasource and how many dashboards', async () => {
    const { http } = await serving(by(grafana));
    expect(await lookAtGrafana(askedBy(http))).toMatchObject({
      datasource: { name: 'Thanos Query', url: 'http://q' },
      health: { status: 'OK' },
      dashboards: 2,
    });
  });

  it('Grafana: a datasource that does not answer is an answer', async () => {
    const { http } = await serving((request) =>
      request.path.endsWith('/health') ? { status: 500, body: 'plugin unavailable' } : by(grafana)(request),
    );
    expect(await lookAtGrafana(askedBy(http))).toMatchObject({
      health: {
        status: 'ERROR',
        message: '/api/datasources/uid/prometheus/health: HTTP 500: plugin unavailable',
      },
    });
  });

  it('a password that is refused is named so', async () => {
    const { http } = await serving(({ headers }) => ({
      status: headers.authorization === 'Basic YTpi' ? 401 : 500,
      body: '',
    }));
    await expect(askedBy(http, basic({ user: 'a', password: 'b' })).get('/')).rejects.toThrow(
      'it refuses the password',
    );
  });
});

describe('the API server', () => {
  const metadata = { name: 'a', namespace: 'monitoring' };
  const claimed = {
    metadata,
    spec: { nodeName: 'n1', containers: [], volumes: [{ persistentVolumeClaim: { claimName: 'data-a' } }] },
    status: { phase: 'Running' },
  };
  const volume = (namespace: string) => ({
    volume: [
      { capacityBytes: 4, availableBytes: 3, pvcRef: { name: 'data-a', namespace } },
      { capacityBytes: 9 },
    ],
  });

  it('gives pods, workloads, claims, and how full volumes are by the kubelets of our nodes', async () => {
    const { http } = await serving(
      by({
        '/api/v1/namespaces/monitoring/pods': { items: [claimed] },
        '/api/v1/namespaces/monitoring-node/pods': { items: [] },
        '/api/v1/namespaces/monitoring/persistentvolumeclaims': {
          items: [{ metadata, status: { phase: 'Bound', capacity: { storage: '1Gi' } } }],
        },
        '/apis/apps/v1/namespaces/monitoring/deployments': {
          items: [{ metadata, spec: { replicas: 1 }, status: {} }],
        },
        '/apis/apps/v1/namespaces/': { items: [] },
        '/api/v1/nodes/n1/proxy/stats/summary': { pods: [volume('monitoring'), volume('other')] },
      }),
    );
    const seen = await lookAtCluster(new ApiReader(http));
    expect(seen).toMatchObject({
      pods: { value: [{ metadata: { name: 'a' } }] },
      workloads: { value: [{ spec: { replicas: 1 } }] },
      claims: { value: [{ status: { capacity: { storage: '1Gi' } } }] },
      volumeUse: { value: [{ claim: 'data-a', capacity: 4, available: 3 }] },
    });
  });

  it('refuses one thing and gives the others', async () => {
    const { http } = await serving(({ path }) =>
      path.endsWith('/persistentvolumeclaims')
        ? {
            status: 403,
            body: { kind: 'Status', message: 'persistentvolumeclaims is forbidden: User "x" cannot list' },
          }
        : { body: { items: [] } },
    );
    const { claims, pods } = await lookAtCluster(new ApiReader(http));
    expect(pods).toEqual({ value: [] });
    expect(claims).toEqual({
      why: 'claims: persistentvolumeclaims is forbidden: User "x" cannot list',
      fix: "Give this kubeconfig's user the right that is named, or ask with another.",
    });
  });
});

describe('an agent', () => {
  it('tells of its queue', () => {
    const text = [
      '# HELP prometheus_remote_storage_samples_pending x',
      'prometheus_remote_storage_highest_timestamp_in_seconds 1.764e+09',
      'prometheus_remote_storage_queue_highest_sent_timestamp_seconds{remote_name="a",url="u"} 1.763999995e+09',
      'prometheus_remote_storage_samples_pending{remote_name="a",url="u"} 12',
      'prometheus_remote_storage_samples_failed_total{remote_name="a",url="u"} 0',
      'prometheus_remote_storage_samples_retried_total{remote_name="a",url="u"} 3',
    ].join('\n');
    expect(agentIn('agent-0', text)).toEqual({
      pod: 'agent-0',
      scraped: 1_764_000_000,
      sent: 1_763_999_995,
      pending: 12,
      failed: 0,
      retried: 3,
    });
  });
});

describe('rights on a bucket', () => {
  const denied = {
    status: 403,
    body: '<Error><Code>AccessDenied</Code><Message>Access Denied.</Message></Error>',
  };
  const absent = { status: 404, body: '<Error><Code>NoSuchKey</Code></Error>' };
  const badSum = { status: 400, body: '<Error><Code>BadDigest</Code></Error>' };

  const asked = async (answer: Answer) => {
    const { port } = await serving(answer);
    return rights('store', {
      bucket: 'thanos',
      endpoint: `127.0.0.1:${port}`,
      region: 'us-east-1',
      insecure: true,
      access_key: 'user',
      secret_key: 'hidden',
    });
  };

  const store =
    (list: ReturnType<Answer>, read: ReturnType<Answer>, write: ReturnType<Answer>): Answer =>
    ({ method, path }) =>
      method === 'PUT' ? write : path.startsWith('/thanos?') ? list : read;

  it('are those that the store grants', async () => {
    expect(await asked(store({ body: '' }, absent, denied))).toEqual({
      user: 'store',
      list: true,
      read: true,
      write: false,
    });
    expect(await asked(store(denied, denied, badSum))).toEqual({
      user: 'store',
      list: false,
      read: false,
      write: true,
    });
  });

  it('are none for a key that the store does not take', async () => {
    const refused = (code: string) => ({ status: 403, body: `<Error><Code>${code}</Code></Error>` });
    const none = { user: 'store', list: false, read: false, write: false };
    for (const refusal of ['InvalidAccessKeyId', 'SignatureDoesNotMatch']) {
      expect(await asked(() => refused(refusal))).toEqual({ ...none, refusal });
    }
  });

  it('are unknown where the store fails', async () => {
    const failed = { status: 503, body: '<Error><Code>SlowDown</Code><Message>Come back.</Message></Error>' };
    await expect(asked(() => failed)).rejects.toThrow('HTTP 503 SlowDown: Come back.');
  });

  it('are asked without writing: the sums are those of another text', async () => {
    const requests: IncomingMessage[] = [];
    await asked((request) => {
      requests.push(request);
      return store({ body: '' }, absent, badSum)(request);
    });
    const writing = requests.filter(({ method }) => method !== 'GET');
    expect(
      writing.map(({ method, url, headers }) => [
        method,
        url,
        headers['content-md5'],
        headers['x-amz-content-sha256'],
      ]),
    ).toEqual([
      ['PUT', '/thanos/debug/doctor', 'InVnWhKNd1916ixPO6a+Rg==', expect.stringMatching(/^[0-9a-f]{64}$/)],
    ]);
  });
});

describe('a test alert', () => {
  const metrics = (sent: number, failed: number) =>
    `alertmanager_notifications_total{integration="slack"} ${sent}\nalertmanager_notifications_failed_total{integration="slack",reason="authError"} ${failed}\nalertmanager_notifications_failed_total{integration="slack",reason="other"} 0\n`;

  const alertmanager = async (receiver: string, after: string) => {
    let posted: unknown;
    const { http } = await serving(({ method, path }) => {
      if (method === 'POST') {
        posted = path;
        return { body: '' };
      }
      if (path === '/metrics') return { body: posted === undefined ? metrics(3, 1) : after };
      const asks = new URL(path, 'http://alertmanager').searchParams.getAll('filter').join();
      const ours = asks === 'alertname="DoctorTest",severity="warning"';
      return { body: ours ? [{ receiver: { name: receiver }, alerts: [], labels: {} }] : [] };
    });
    const seen = await sendTestAlert(
      'cluster-01-central',
      'warning',
      new Date('2026-11-27T12:00:00Z'),
      1,
    )(askedBy(http));
    expect(posted).toBe('/api/v2/alerts');
    return seen;
  };

  it('is told by what its receiver has', async () => {
    const seen = await alertmanager('ops', metrics(4, 1));
    expect(seen).toEqual({ receivers: ['ops'], sent: { slack: 1 }, failed: {} });
    expect(testAlertTold({ value: seen })).toEqual({
      status: 'well',
      found: 'ops was told by slack; look whether it is there',
    });
  });

  it('that cannot be sent says so', async () => {
    const seen = await alertmanager('ops', metrics(4, 2));
    expect(testAlertTold({ value: seen })).toMatchObject({
      status: 'wrong',
      found: 'ops could not be told by slack',
    });
  });

  it('that goes nowhere ends at once', async () => {
    const seen = await alertmanager('none', metrics(3, 1));
    expect(testAlertTold({ value: seen })).toMatchObject({
      status: 'wrong',
      found: 'its route leads to nobody',
    });
  });

  it('that was not told in time, or that could not be sent at all', () => {
    expect(testAlertTold({ value: { receivers: ['ops'], sent: {}, failed: {} } })).toMatchObject({
      status: 'wrong',
      found: 'ops was told nothing in time',
    });
    expect(testAlertTold({ why: 'no', fix: 'Do.' })).toEqual({ status: 'unknown', found: 'no', fix: 'Do.' });
  });

  it('counts failures of every reason together', () => {
    expect(countersIn(metrics(4, 2))).toEqual({ sent: { slack: 4 }, failed: { slack: 2 } });
  });
});
