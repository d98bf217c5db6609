import { isFresh } from '../../observability/rules/edges';
import { serverCertificate } from '../../observability/rules/certificates';
import { serviceHost, type ServiceDomain } from '../foundation/dns';
import { chartJobs } from '../prometheus-stack/addresses';
import { blackboxExporter, probeJobs } from './exporter';
import { modules } from './modules';

/** A host that people or edges know. */
export interface PublicName {
  /** The name of its certificate among those of the stack, and of its Probe. */
  name: string;
  host: string;
  module: string;
  /** What the module is asked for. */
  target: string;
}

export interface ProbesArgs extends ServiceDomain {
  edges: readonly string[];
  /** `QueryFrontend.url`. */
  queryUrl: string;
  /** Receive inside of the cluster, `HOST:PORT` and the path of remote write. */
  receive: { address: string; path: string; certificate: string };
  names: readonly PublicName[];
}

/** The part of the operator's Probe that is used here. */
export interface Probe {
  name: string;
  spec: {
    jobName: string;
    prober: { url: string; path: string };
    module: string;
    interval: string;
    scrapeTimeout: string;
    targets: {
      staticConfig: { static: string[]; labels?: Record<string, string>; relabelingConfigs?: Relabeling[] };
    };
    metricRelabelings: Relabeling[];
  };
}

interface Relabeling {
  action?: string;
  sourceLabels?: string[];
  regex?: string;
  targetLabel?: string;
  replacement?: string;
}

/**
 * Once a minute, as rules over edges are evaluated: a query for each of 400 edges is seven a second, which
 * Query answers from the ingestors' memory.
 */
const interval = '1m';
const scrapeTimeout = '10s';

/** Of some thirty metrics of a probe those that rules and the doctor read; 400 edges have a probe each. */
const keptMetrics = [
  'probe_duration_seconds',
  'probe_failed_due_to_regex',
  'probe_http_status_code',
  'probe_ssl_earliest_cert_expiry',
  'probe_success',
];

const placeholder = 'EDGE';

/**
 * An instant query, to which an edge's name is added by a relabeling: it answers with a sample when the
 * edge's newest is young enough, else with none.
 *
 * @param queryUrl of query-frontend
 */
export const newestSampleUrl = (queryUrl: string): string => {
  const query = encodeURIComponent(isFresh(placeholder, chartJobs.prometheus));
  return `${queryUrl}/api/v1/query?query=${query.replace(placeholder, '${1}')}`;
};

/**
 * What is asked, and of whom. One Probe for all edges, a target each: an edge costs the central stack no
 * further resource, and its target and the label `instance` are its name.
 */
export function probes(args: ProbesArgs): Probe[] {
  const { edges, queryUrl, receive, names } = args;
  const url = `${serviceHost(blackboxExporter.name, args)}:${blackboxExporter.ports.http}`;
  const probe = (
    name: string,
    job: string,
    module: string,
    staticConfig: Probe['spec']['targets']['staticConfig'],
  ): Probe => ({
    name,
    spec: {
      jobName: job,
      prober: { url, path: '/probe' },
      module,
      interval,
      scrapeTimeout,
      targets: { staticConfig },
      metricRelabelings: [{ action: 'keep', sourceLabels: ['__name__'], regex: keptMetrics.join('|') }],
    },
  });
  const ofEdges = probe(probeJobs.edges, probeJobs.edges, modules.newestSample, {
    static: [...edges],
    relabelingConfigs: [
      { sourceLabels: ['__param_target'], targetLabel: 'edge' },
      { sourceLabels: ['edge'], targetLabel: '__param_target', replacement: newestSampleUrl(queryUrl) },
    ],
  });
  return [
    // A Probe without targets would be a job of Prometheus that looks broken.
    ...(edges.length > 0 ? [ofEdges] : []),
    probe(probeJobs.receive, probeJobs.receive, modules.receiveHandshake, {
      static: [receive.address],
      labels: { certificate: serverCertificate(receive.certificate) },
    }),
    probe(probeJobs.refusal, probeJobs.refusal, modules.receiveRefusal, {
      static: [`https://${receive.address}${receive.path}`],
    }),
    ...names.map(({ name, host, module, target }) =>
      probe(`probe-name-${name}`, probeJobs.names, module, {
        static: [target],
        labels: { host, certificate: serverCertificate(name) },
      }),
    ),
  ];
}
