import { newestSampleUrl, probes, type ProbesArgs } from '../../../components/blackbox-exporter/probes';

const args: ProbesArgs = {
  namespace: 'monitoring',
  clusterDomain: 'cluster.local',
  edges: ['cluster-02', 'cluster-03'],
  queryUrl: 'http://thanos-query-frontend.monitoring.svc.cluster.local:9090',
  receive: {
    address: 'thanos-receiver.monitoring.svc.cluster.local:19291',
    path: '/api/v1/receive',
    certificate: 'thanos-receiver',
  },
  names: [
    {
      name: 'grafana',
      host: 'grafana.example.org',
      module: 'grafana',
      target: 'https://grafana.example.org/api/health',
    },
  ],
};

const found = (changes: Partial<ProbesArgs> = {}) =>
  Object.fromEntries(probes({ ...args, ...changes }).map(({ name, spec }) => [name, spec]));

/** The URL that a relabeling of Prometheus makes for an edge. */
const urlOf = (edge: string) => new URL(newestSampleUrl(args.queryUrl).replaceAll('${1}', edge));

describe('the probe of edges', () => {
  it('is one object with a target for each, which relabeling turns into its query', () => {
    expect(found()['probe-edges']).toEqual({
      jobName: 'probe-edges',
      prober: { url: 'blackbox-exporter.monitoring.svc.cluster.local:9115', path: '/probe' },
      module: 'newest_sample',
      interval: '1m',
      scrapeTimeout: '10s',
      targets: {
        staticConfig: {
          static: ['cluster-02', 'cluster-03'],
          relabelingConfigs: [
            { sourceLabels: ['__param_target'], targetLabel: 'edge' },
            {
              sourceLabels: ['edge'],
              targetLabel: '__param_target',
              replacement: newestSampleUrl(args.queryUrl),
            },
          ],
        },
      },
      metricRelabelings: [
        {
          action: 'keep',
          sourceLabels: ['__name__'],
          regex:
            'probe_duration_seconds|probe_failed_due_to_regex|probe_http_status_code|probe_ssl_earliest_cert_expiry|probe_success',
        },
      ],
    });
  });

  it('asks whether the newest sample of the agents themselves is at most two minutes old', () => {
    const { origin, pathname, searchParams } = urlOf('cluster-02');
    expect(`${origin}${pathname}`).toBe(`${args.queryUrl}/api/v1/query`);
    expect([...searchParams]).toEqual([
      [
        'query',
        'time() - max(timestamp(up{cluster="cluster-02",job="kube-prometheus-stack-prometheus"})) < 120',
      ],
    ]);
  });

  it('is none where there is no edge', () => {
    expect(Object.keys(found({ edges: [] }))).toEqual([
      'probe-receive',
      'probe-receive-refusal',
      'probe-name-grafana',
    ]);
  });
});

describe('the probes', () => {
  it('ask Receive inside of the cluster, with its certificate and without one', () => {
    const targets = (name: string) => found()[name]?.targets.staticConfig;
    expect(found()['probe-receive']).toMatchObject({ jobName: 'probe-receive', module: 'receive_handshake' });
    expect(targets('probe-receive')).toEqual({
      static: ['thanos-receiver.monitoring.svc.cluster.local:19291'],
      labels: { certificate: 'server thanos-receiver' },
    });
    expect(found()['probe-receive-refusal']?.module).toBe('receive_without_certificate');
    expect(targets('probe-receive-refusal')).toEqual({
      static: ['https://thanos-receiver.monitoring.svc.cluster.local:19291/api/v1/receive'],
    });
  });

  it('ask each public name with its own module, and say host and certificate', () => {
    expect(found()['probe-name-grafana']).toMatchObject({
      jobName: 'probe-names',
      module: 'grafana',
      targets: {
        staticConfig: {
          static: ['https://grafana.example.org/api/health'],
          labels: { host: 'grafana.example.org', certificate: 'server grafana' },
        },
      },
    });
  });

  it('put the label cluster on nothing: the dead-man alert of an edge asks for it', () => {
    expect(JSON.stringify(Object.values(found()))).not.toMatch(/"cluster":|"targetLabel":"cluster"/);
  });
});
