import * as pods from '../pods';
import * as secrets from '../secrets';
import { apps, container, core, pod, release, type Invariant } from './invariant';

const secret = 'placeholder of objectStorePassword';

/** What stands in the objects: secrets, images, containers. */
export const contents: Invariant[] = [
  {
    promise: 'no secret is in plain text',
    problems: secrets.secretsInPlain,
    fault: [`${apps}:StatefulSet`, 'thanos-store', `${container} args 0`, `--password=${secret}`],
    said: 'kubernetes:apps/v1:StatefulSet thanos-store: spec.template.spec.containers.0.args.0 is in plain text',
  },
  {
    promise: 'no secret is in plain text as base64',
    problems: secrets.secretsInPlain,
    fault: [
      `${core}:Service`,
      'thanos-store',
      'inputs metadata labels x',
      Buffer.from(secret).toString('base64'),
    ],
    said: 'kubernetes:core/v1:Service thanos-store: metadata.labels.x is in plain text',
  },
  {
    promise: 'no secret is in Helm values',
    problems: secrets.secretsInHelmValues,
    fault: [release, 'kube-prometheus-stack', 'secretPaths', [['values', 'grafana', 'adminPassword']]],
    said: 'Release kube-prometheus-stack: values.grafana.adminPassword is a secret',
  },
  {
    promise: 'every Secret and ConfigMap that a pod reads is there',
    problems: secrets.missingMounts,
    fault: [`${apps}:StatefulSet`, 'thanos-store', `${pod} volumes 0`, { secret: { secretName: 'gone' } }],
    said: 'StatefulSet monitoring/thanos-store mounts Secret monitoring/gone, which is not there',
  },
  {
    promise: 'every Secret that Helm values name is there',
    problems: secrets.missingChartSecrets,
    fault: [release, 'kube-prometheus-stack', 'inputs values grafana admin existingSecret', 'gone'],
    said: 'Release kube-prometheus-stack names Secret monitoring/gone, which is not there',
  },
  {
    promise: 'every image is pinned by the tag of a version',
    problems: pods.unpinnedImages,
    fault: [`${apps}:Deployment`, 'thanos-query', `${container} image`, 'quay.io/thanos/thanos:latest'],
    said: 'Deployment monitoring/thanos-query, container thanos-query: quay.io/thanos/thanos:latest',
  },
  {
    promise: 'every image in Helm values is pinned by the tag of a version',
    problems: pods.unpinnedImages,
    fault: [
      release,
      'kube-prometheus-stack',
      'inputs values prometheus prometheusSpec thanos image',
      'thanos',
    ],
    said: 'Release kube-prometheus-stack: prometheus.prometheusSpec.thanos.image is thanos',
  },
  {
    promise: 'every chart is pinned to a version',
    problems: pods.unpinnedImages,
    fault: [release, 'prometheus-operator-crds', 'inputs version', undefined],
    said: 'Release prometheus-operator-crds has no exact chart version',
  },
  {
    promise: 'every container is restricted',
    problems: pods.unrestrictedContainers,
    fault: [
      `${apps}:StatefulSet`,
      'thanos-receiver',
      `${container} securityContext capabilities`,
      { add: ['SYS_ADMIN'] },
    ],
    said: 'StatefulSet monitoring/thanos-receiver: container thanos-receiver: does not drop every capability',
  },
  {
    promise: 'no container is privileged or may become so',
    problems: pods.unrestrictedContainers,
    fault: [
      `${apps}:StatefulSet`,
      'thanos-receiver',
      `${container} securityContext allowPrivilegeEscalation`,
      true,
    ],
    said: 'StatefulSet monitoring/thanos-receiver: container thanos-receiver: may gain privileges',
  },
  {
    promise: 'no container runs as root',
    problems: pods.unrestrictedContainers,
    fault: [`${apps}:StatefulSet`, 'thanos-receiver', `${pod} securityContext runAsUser`, 0],
    said: 'StatefulSet monitoring/thanos-receiver: container thanos-receiver: may run as root',
  },
  {
    promise: 'no pod shares anything with its node',
    problems: pods.unrestrictedContainers,
    fault: [`${apps}:Deployment`, 'thanos-query', `${pod} hostNetwork`, true],
    said: 'Deployment monitoring/thanos-query: shares the network of the node',
  },
  {
    promise: 'no pod has a token that it does not use',
    problems: pods.unrestrictedContainers,
    fault: [`${apps}:Deployment`, 'thanos-query', `${pod} automountServiceAccountToken`, undefined],
    said: 'Deployment monitoring/thanos-query: has a token',
  },
  {
    promise: 'every container has requests and limits of CPU and memory',
    problems: pods.unboundContainers,
    fault: [`${apps}:Deployment`, 'thanos-query', `${container} resources limits memory`, undefined],
    said: 'Deployment monitoring/thanos-query, container thanos-query: no request or limit of memory',
  },
  {
    promise: "every namespace is restricted by its labels, but node-exporter's own",
    problems: pods.weakNamespaces,
    fault: [
      `${core}:Namespace`,
      'monitoring',
      'inputs metadata labels pod-security.kubernetes.io/enforce',
      'baseline',
    ],
    said: 'Namespace monitoring: pod-security.kubernetes.io/enforce is baseline',
  },
];
