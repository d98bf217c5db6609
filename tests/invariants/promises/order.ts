import * as order from '../order';
import { apps, core, type Invariant } from './invariant';

/**
 * What waits for what. Each fault takes away what one resource, or the component around it, was told to wait
 * for.
 */
export const ordered: Invariant[] = [
  {
    promise: 'nothing comes before its namespace',
    problems: order.beforeTheirNamespace,
    fault: ['monitoring:grafana:Grafana', 'grafana', 'dependencies', []],
    said: `${core}:ConfigMap grafana-datasources does not wait for ${core}:Namespace monitoring`,
  },
  {
    promise: 'nothing of the operator comes before its definitions',
    problems: order.beforeTheirDefinitions,
    fault: ['monitoring:thanos:Query', 'thanos-query', 'dependencies', []],
    said:
      'kubernetes:monitoring.coreos.com/v1:ServiceMonitor thanos-query does not wait for ' +
      'kubernetes:helm.sh/v3:Release prometheus-operator-crds',
  },
  {
    promise: 'no pod starts before the network policies',
    problems: order.beforeTheirPolicies,
    fault: ['monitoring:thanos:Store', 'thanos-store', 'dependencies', []],
    said: `${apps}:StatefulSet thanos-store does not wait for kubernetes:networking.k8s.io/v1:NetworkPolicy `,
  },
  {
    promise: 'no router, and no ring, comes before the ingestors',
    problems: order.routersBeforeIngestors,
    fault: ['monitoring:thanos:ReceiveRouter', 'thanos-receive-router', 'dependencies', []],
    said: `${apps}:Deployment thanos-receive-router does not wait for ${apps}:StatefulSet thanos-receiver`,
  },
  {
    promise: 'no pod starts before the Secrets and ConfigMaps that it reads',
    problems: order.beforeTheirFiles,
    fault: [`${apps}:StatefulSet`, 'thanos-store', 'dependencies', []],
    said: `${apps}:StatefulSet thanos-store does not wait for ${core}:Secret thanos-s3-config-store`,
  },
  {
    promise: 'no key reaches a pod before its user has its rights',
    problems: order.keysBeforeRights,
    fault: [`${core}:Secret`, 'thanos-s3-config-store', 'dependencies', []],
    said: `${core}:Secret thanos-s3-config-store does not wait for minio:index/iamUserPolicyAttachment:IamUserPolicyAttachment `,
  },
  {
    promise: 'no Ingress comes before what answers behind it',
    problems: order.ingressesBeforeBackends,
    fault: ['monitoring:ingress:WebIngress', 'thanos-query', 'dependencies', []],
    said: `kubernetes:networking.k8s.io/v1:Ingress thanos-query does not wait for ${apps}:Deployment thanos-query-frontend`,
  },
  {
    promise: 'no Ingress comes before its certificate',
    problems: order.ingressesBeforeBackends,
    fault: ['kubernetes:networking.k8s.io/v1:Ingress', 'grafana', 'dependencies', []],
    said: `kubernetes:networking.k8s.io/v1:Ingress grafana does not wait for ${core}:Secret grafana-tls`,
  },
];
