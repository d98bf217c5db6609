import type { Deployment } from '../../tools/render/registered';
import { deployFleet } from '../../tools/render/fleet';
import { planOf } from '../../capacity/plan';
import { ingestorStartup, prometheusStartup, rulerStartup } from '../../capacity/startup';
import { capacityKeys } from '../../config/central';
import { Duration } from '../../config/units';
import { ofKind, releases, workloads } from '../invariants/objects';
import { centralConfig, centralRaw } from '../support/stack-configs';

let central: Deployment;

beforeAll(async () => {
  // No defaults, so that another duration in their place shows.
  const raw = centralRaw({ outage: '5h', 'prometheus.scrapeInterval': '45s' });
  [central] = (await deployFleet([{ ...raw, path: 'Pulumi.cluster-01.yaml' }])) as [Deployment];
}, 60_000);

interface Rule {
  alert?: string;
  for?: string;
  labels?: Record<string, string>;
}

/** The values of a flag of a workload. */
const flag = (workload: string, name: string): string[] =>
  workloads(central.resources)
    .filter(({ object }) => object.metadata.name === workload)
    .flatMap(({ object }) => object.spec.template.spec.containers[0]?.args ?? [])
    .filter((text) => text.startsWith(`--${name}=`))
    .map((text) => text.slice(name.length + 3));

describe('Thanos in a central stack', () => {
  it('takes samples as late as the promised outage and half an hour', () => {
    expect(flag('thanos-receiver', 'tsdb.out-of-order.time-window')).toEqual(['5h30m']);
  });

  it('caches no answer that such samples may still change', () => {
    expect(flag('thanos-query-frontend', 'query-range.response-cache-max-freshness')).toEqual(['19800s']);
    expect(flag('thanos-query-frontend', 'labels.response-cache-max-freshness')).toEqual(['19800s']);
  });

  it('evaluates rules through Query, and sends their alerts to every Alertmanager', () => {
    const [ruler] = ofKind(central.resources, 'ThanosRuler');
    expect(ruler?.object.spec).toMatchObject({
      queryEndpoints: ['dnssrv+_http._tcp.thanos-query.monitoring.svc.cluster.local'],
      alertmanagersUrl: ['dnssrv+http://_http-web._tcp.alertmanager-operated.monitoring.svc.cluster.local'],
      alertQueryUrl: 'https://thanos-query.monitoring.example.org',
      evaluationInterval: '45s',
    });
  });

  it('has Query merge along the labels of every role, and of the earlier Ruler', () => {
    expect(flag('thanos-query', 'query.replica-label')).toEqual([
      'prometheus_replica',
      'receive_replica',
      'thanos_ruler_replica',
      'ruler_replica',
    ]);
  });

  it('has Query ask every StoreAPI', () => {
    const [file] = ofKind(central.resources, 'ConfigMap').flatMap(
      ({ object }) => object.data?.['endpoints.yaml'] ?? [],
    );
    const hosts = Array.from(file?.matchAll(/_tcp\.([a-z-]+)\./g) ?? [], ([, host]) => host);
    expect(hosts.sort()).toEqual([
      'prometheus-operated',
      'thanos-receiver-headless',
      'thanos-ruler',
      'thanos-store',
    ]);
  });

  it('identifies itself to edges by the host that they write to', () => {
    const url = new URL((central.outputs.value as { remoteWriteUrl: string }).remoteWriteUrl);
    const request = central.resources.find(
      ({ type, name }) => type === 'tls:index/certRequest:CertRequest' && name === 'thanos-receiver',
    );
    expect(request?.inputs['dnsNames']).toEqual([url.hostname]);
    const announced = ofKind(central.resources, 'Service').flatMap(({ object: { metadata } }) =>
      Object.entries(metadata.annotations ?? {}).filter(([key]) => key.startsWith('external-dns.')),
    );
    expect(Object.fromEntries(announced)).toEqual({
      // Since external-dns 0.22.0, and before.
      'external-dns.kubernetes.io/hostname': url.hostname,
      'external-dns.alpha.kubernetes.io/hostname': url.hostname,
    });
  });
});

describe('the time to read a log at a start', () => {
  const changes = {
    outage: '72h',
    edges: [{ name: 'cluster-02', series: 2_000_000 }],
    'prometheus.series': 2_000_000,
    'receive.retention': '77h',
    'receive.replicas': 3,
    acceptedRisks: Object.fromEntries(capacityKeys.map((key) => [key, 'nothing of it is deployed'])),
  };
  const plan = planOf(centralConfig(changes));
  let large: Deployment;

  beforeAll(async () => {
    [large] = (await deployFleet([{ ...centralRaw(changes), path: 'Pulumi.cluster-01.yaml' }])) as [
      Deployment,
    ];
  }, 60_000);

  it('of the ingestors is in the time that pulumi up waits, and in their alert', () => {
    const { seconds } = ingestorStartup(plan);
    expect(seconds).toBeGreaterThan(900);
    const ingestors = large.resources.find(
      ({ type, name }) => type === 'kubernetes:apps/v1:StatefulSet' && name === 'thanos-receiver',
    );
    expect(ingestors?.options.timeouts).toMatchObject({ update: `${3 * (900 + 900 + seconds + 60)}s` });
    const groups = ofKind(large.resources, 'PrometheusRule').flatMap(
      ({ object }) => (object.spec as { groups: { rules: Rule[] }[] }).groups,
    );
    const missing = groups
      .flatMap(({ rules }) => rules)
      .filter(({ alert }) => alert === 'ThanosReplicaMissing');
    const waits = new Map(missing.map((rule) => [rule.labels?.['part'], rule.for]));
    expect(waits.get('thanos-receiver')).toBe(ingestorStartup(plan).plus(Duration.parse('15m')).toString());
    expect(waits.get('thanos-query')).toBe('30m');
  });

  it('of Prometheus is the operator’s to wait', () => {
    const [stack] = releases(large.resources).filter(
      ({ release }) => release.name === 'kube-prometheus-stack',
    );
    const { seconds } = prometheusStartup(plan);
    expect(seconds).toBeGreaterThan(900);
    expect(stack?.release.values).toMatchObject({
      prometheus: { prometheusSpec: { maximumStartupDurationSeconds: seconds } },
    });
  });

  it('of the Ruler is in its startup probe', () => {
    const [ruler] = ofKind(large.resources, 'ThanosRuler');
    expect(ruler?.object.spec).toMatchObject({
      containers: [{ startupProbe: { periodSeconds: 5, failureThreshold: rulerStartup(plan).seconds / 5 } }],
    });
  });
});
