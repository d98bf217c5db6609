import { Ruler, rulerSpec, type RulerArgs } from '../../../components/thanos/ruler';
import { register, type Registered } from '../../support/mocks';
import * as expected from './fixtures';
import { duration, objstore, quantity, resources, thanos, types } from './fixtures';

const args: RulerArgs = {
  ...thanos,
  replicas: 2,
  storage: quantity('2Gi'),
  resources,
  storageClass: 'longhorn',
  objstore,
  queryAddress: 'dnssrv+_http._tcp.thanos-query.monitoring.svc.cluster.local',
  alertmanagers: ['dnssrv+http://_http-web._tcp.alertmanager-operated.monitoring.svc.cluster.local'],
  evaluationInterval: duration('30s'),
  queryUrl: 'https://thanos-query.example.org',
  startup: duration('19m'),
};

const thanosRuler = 'kubernetes:monitoring.coreos.com/v1:ThanosRuler';
const account = 'kubernetes:core/v1:ServiceAccount';

const spec = rulerSpec(args);

describe('the spec of the Ruler', () => {
  it('evaluates through Query, every 30 s and a minute behind the clock', () => {
    expect(spec).toMatchObject({
      queryEndpoints: ['dnssrv+_http._tcp.thanos-query.monitoring.svc.cluster.local'],
      evaluationInterval: '30s',
      ruleQueryOffset: '1m',
    });
  });

  it('sends to every Alertmanager, and leads from an alert to Query', () => {
    expect(spec).toMatchObject({
      alertmanagersUrl: ['dnssrv+http://_http-web._tcp.alertmanager-operated.monitoring.svc.cluster.local'],
      alertQueryUrl: 'https://thanos-query.example.org',
    });
  });

  it('takes the rules of every namespace but those of Prometheus', () => {
    expect(spec.ruleNamespaceSelector).toEqual({});
    expect(spec.ruleSelector).toEqual({
      matchExpressions: [{ key: 'evaluated-by', operator: 'NotIn', values: ['prometheus'] }],
    });
  });

  it('sets no external label: `cluster` would overwrite that of every series', () => {
    expect(Object.keys(spec)).not.toContain('labels');
  });

  it('runs the pinned Thanos, whose version tells the operator which flags it has', () => {
    expect([spec.image, spec.version]).toEqual(['quay.io/thanos/thanos:v0.42.4', 'v0.42.4']);
  });

  it('keeps two days on a volume of 2Gi, and uploads', () => {
    expect(spec).toMatchObject({
      retention: '2d',
      objectStorageConfig: { name: 'thanos-s3-config-part', key: 'objstore.yml' },
      storage: {
        volumeClaimTemplate: {
          metadata: { name: 'data' },
          spec: { storageClassName: 'longhorn', resources: { requests: { storage: '2Gi' } } },
        },
      },
    });
  });

  it('restarts when the keys of the bucket change, which it reads at its start', () => {
    expect(spec.podMetadata.annotations).toEqual({ 'checksum/objstore': 'hash-of-objstore' });
  });

  it('marks its pods with labels that never change, since the operator selects by them', () => {
    expect(spec.podMetadata.labels).toEqual(expected.selector('thanos-ruler', 'rule-evaluation-engine'));
  });

  it('logs JSON and knows its memory limit, as the other parts', () => {
    expect(spec).toMatchObject({ logFormat: 'json', additionalArgs: [{ name: 'enable-auto-gomemlimit' }] });
  });

  it('meets the restricted standard', () => {
    expect(spec.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1001,
      fsGroup: 1001,
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  it('adds probes to the operator’s container, with the time that its log takes to read', () => {
    expect(spec.containers).toEqual([
      {
        name: 'thanos-ruler',
        startupProbe: {
          httpGet: { path: '/-/healthy', port: 'http' },
          periodSeconds: 5,
          timeoutSeconds: 5,
          // 19 minutes.
          failureThreshold: 228,
        },
        livenessProbe: {
          httpGet: { path: '/-/healthy', port: 'http' },
          periodSeconds: 30,
          timeoutSeconds: 5,
          failureThreshold: 4,
        },
        readinessProbe: {
          httpGet: { path: '/-/ready', port: 'http' },
          periodSeconds: 5,
          timeoutSeconds: 5,
          failureThreshold: 3,
        },
      },
    ]);
    expect(spec.portName).toBe('http');
  });
});

describe('Ruler', () => {
  let registered: Registered;

  beforeAll(async () => {
    registered = await register(() => new Ruler('ruler', args, {}));
  });

  it('consists of these objects', () => {
    expect(registered.names).toEqual([
      `${types.service} thanos-ruler`,
      `${account} thanos-ruler`,
      `${types.serviceMonitor} thanos-ruler`,
      `${thanosRuler} thanos-ruler`,
      `${types.disruptionBudget} thanos-ruler`,
    ]);
  });

  it('has an account that gets no token', () => {
    expect(registered.inputs(account)).toMatchObject({
      metadata: { name: 'thanos-ruler' },
      automountServiceAccountToken: false,
    });
    expect(spec.serviceAccountName).toBe('thanos-ruler');
  });

  it('publishes every replica to Query', async () => {
    let made: Ruler | undefined;
    await register(() => {
      made = new Ruler('ruler', args, {});
    });
    expect(made?.storeEndpoint).toEqual({
      address: 'dnssrv+_grpc._tcp.thanos-ruler.monitoring.svc.cluster.local',
    });
  });

  it('has a governing Service that the operator takes: it selects by labels of the operator alone', () => {
    expect(spec.serviceName).toBe('thanos-ruler');
    const service = expected.spec(registered, types.service) as { selector?: object };
    expect(service).toMatchObject({ clusterIP: 'None' });
    // One label more, and the operator refuses it.
    expect(service.selector).toEqual({ 'app.kubernetes.io/name': 'thanos-ruler' });
  });

  it('is made after that Service and its account', () => {
    const waitsFor = registered.one(thanosRuler).dependencies.join(' ');
    expect(waitsFor).toContain('core/v1:Service');
    expect(waitsFor).toContain('core/v1:ServiceAccount');
  });

  it('is scraped, and so is the operator’s reloader beside it', () => {
    expect(expected.spec(registered, types.serviceMonitor)).toMatchObject({
      endpoints: [{ port: 'http' }, { port: 'reloader-web' }],
    });
  });
});
