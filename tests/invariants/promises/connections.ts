import {
  defaultDeny,
  networkFlowBothEnds,
  networkPolicyOfPod,
  networkPolicyPorts,
  networkPolicySelectsPods,
} from '../../../policy/policies/network';
import { against } from '../policies';
import * as wiring from '../wiring';
import { apps, core, networking, template, type Invariant } from './invariant';

const serviceMonitor = 'kubernetes:monitoring.coreos.com/v1:ServiceMonitor';
const probe = 'kubernetes:monitoring.coreos.com/v1:Probe';
const nameLabel = 'app.kubernetes.io/name';

/** How the objects find each other: selectors, ports, scraping, network policies. */
export const connections: Invariant[] = [
  {
    promise: 'every selector matches its own pods',
    problems: wiring.brokenSelectors,
    fault: [`${apps}:Deployment`, 'thanos-query', `${template} metadata labels ${nameLabel}`, 'query'],
    said: 'Deployment monitoring/thanos-query misses its own pods',
  },
  {
    promise: 'no selector holds the version',
    problems: wiring.brokenSelectors,
    fault: [
      `${apps}:Deployment`,
      'thanos-query',
      'inputs spec selector matchLabels app.kubernetes.io/version',
      'v1',
    ],
    said: 'Deployment monitoring/thanos-query selects by app.kubernetes.io/version, and a selector cannot change',
  },
  {
    promise: "no selector matches another workload's pods",
    problems: wiring.sharedSelectors,
    fault: [`${apps}:Deployment`, 'thanos-query', 'inputs spec selector matchLabels', {}],
    said: 'Deployment monitoring/thanos-query also selects the pods of thanos-query-frontend',
  },
  {
    promise: 'every Service has the ports of its pods',
    problems: wiring.brokenServices,
    fault: [`${core}:Service`, 'thanos-query', 'inputs spec ports 0 targetPort', 'web'],
    said: 'Service monitoring/thanos-query: its pods have no port web',
  },
  {
    promise: 'every Service finds the pods of one workload',
    problems: wiring.brokenServices,
    fault: [`${core}:Service`, 'thanos-query', `inputs spec selector ${nameLabel}`, 'query'],
    said: 'Service monitoring/thanos-query selects the pods of 0 workloads',
  },
  {
    promise: 'every StatefulSet has its headless Service',
    problems: wiring.missingGoverningServices,
    fault: [`${apps}:StatefulSet`, 'thanos-receiver', 'inputs spec serviceName', 'thanos-receiver'],
    said: 'StatefulSet monitoring/thanos-receiver: no headless Service thanos-receiver',
  },
  {
    promise: 'every ServiceMonitor names a port of its Service',
    problems: wiring.blindServiceMonitors,
    fault: [serviceMonitor, 'thanos-query', 'inputs spec endpoints 0 port', 'metrics'],
    said: 'ServiceMonitor monitoring/thanos-query: no Service has the port metrics',
  },
  {
    promise: 'every ServiceMonitor selects a Service',
    problems: wiring.blindServiceMonitors,
    fault: [serviceMonitor, 'thanos-query', `inputs spec selector matchLabels ${nameLabel}`, 'query'],
    said: 'ServiceMonitor monitoring/thanos-query selects no Service',
  },
  {
    promise: 'every Probe asks an exporter that is there',
    problems: wiring.lostProbes,
    fault: [probe, 'probe-edges', 'inputs spec prober url', 'prober.monitoring.svc.cluster.local:9115'],
    said: 'Probe monitoring/probe-edges: no Service is prober.monitoring.svc.cluster.local:9115',
  },
  {
    promise: 'every Probe names a module of its exporter',
    problems: wiring.lostProbes,
    fault: [probe, 'probe-edges', 'inputs spec module', 'http_2xx'],
    said: 'Probe monitoring/probe-edges: its exporter has no module http_2xx',
  },
  {
    promise: 'every workload is scraped exactly once',
    problems: wiring.scrapedOtherThanOnce,
    fault: [serviceMonitor, 'thanos-query', 'inputs spec endpoints', []],
    said: 'Deployment monitoring/thanos-query is scraped 0 times',
  },
  {
    promise: 'every Ingress leads to a port of a Service',
    problems: wiring.brokenIngresses,
    fault: [
      `${networking}:Ingress`,
      'thanos-query',
      'inputs spec rules 0 http paths 0 backend service port number',
      80,
    ],
    said: 'Ingress monitoring/thanos-query: no Service thanos-query-frontend with that port',
  },
  {
    promise: 'every datasource of Grafana is a Service of the cluster',
    problems: wiring.outsideDatasources,
    fault: [
      `${core}:ConfigMap`,
      'grafana-datasources',
      'inputs data datasources.yaml',
      'url: https://thanos-query.example.org',
    ],
    said: 'ConfigMap monitoring/grafana-datasources: https://thanos-query.example.org is no Service of the cluster',
  },
  {
    promise: 'every pod is in a namespace that refuses traffic by default',
    problems: against(defaultDeny),
    fault: [`${networking}:NetworkPolicy`, 'monitoring-default-deny', 'inputs spec policyTypes', ['Ingress']],
    said: 'Deployment monitoring/thanos-query: metadata.namespace is monitoring; allowed: a namespace with a default-deny policy',
  },
  {
    promise: 'every pod is allowed something by a policy of its own',
    problems: against(networkPolicyOfPod),
    fault: [
      `${networking}:NetworkPolicy`,
      'thanos-query',
      `inputs spec podSelector matchLabels ${nameLabel}`,
      'query',
    ],
    said: 'Deployment monitoring/thanos-query: metadata.labels is {',
  },
  {
    promise: 'every network policy selects pods that exist',
    problems: against(networkPolicySelectsPods),
    fault: [
      `${networking}:NetworkPolicy`,
      'thanos-query',
      `inputs spec podSelector matchLabels ${nameLabel}`,
      'query',
    ],
    said: 'NetworkPolicy monitoring/thanos-query: spec.podSelector is {"app.kubernetes.io/name":"query"}',
  },
  {
    promise: 'every port that a policy opens is one on which its pods listen',
    problems: against(networkPolicyPorts),
    fault: [`${networking}:NetworkPolicy`, 'thanos-query', 'inputs spec ingress 0 ports 0 port', 1],
    said: 'NetworkPolicy monitoring/thanos-query: spec.ingress is port 1;',
  },
  {
    promise: 'every flow between two pods is allowed at both ends',
    problems: against(networkFlowBothEnds),
    fault: [`${networking}:NetworkPolicy`, 'thanos-query-frontend', 'inputs spec egress', []],
    said: 'NetworkPolicy monitoring/thanos-query: spec.ingress is {"app.kubernetes.io/name":"thanos-query-frontend"} to {"app.kubernetes.io/name":"thanos-query"}, TCP 9090; allowed: an egress rule of the sender',
  },
];
