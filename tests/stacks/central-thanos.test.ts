import type { Deployment } from '../../tools/render/registered';
import { deployFleet } from '../../tools/render/fleet';
import { workloads, ofKind } from '../invariants/objects';
import { centralRaw } from '../support/stack-configs';

let central: Deployment;

beforeAll(async () => {
  // No defaults, so that another duration in their place shows.
  const raw = centralRaw({ outage: '5h', 'prometheus.scrapeInterval': '45s' });
  [central] = (await deployFleet([{ ...raw, path: 'Pulumi.cluster-01.yaml' }])) as [Deployment];
}, 60_000);

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
    const announced = ofKind(central.resources, 'Service').flatMap(
      ({ object }) => object.metadata.annotations?.['external-dns.alpha.kubernetes.io/hostname'] ?? [],
    );
    expect(announced).toEqual([url.hostname]);
  });
});
