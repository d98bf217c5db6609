import { tokenUsed } from '../../../policy/policies/accounts';
import { chartPinned, imagePinned } from '../../../policy/policies/images';
import {
  namespaceRestricted,
  podRestricted,
  resourcesBound,
  rootReadOnly,
} from '../../../policy/policies/pods';
import { secretInPlain, secretInValues } from '../../../policy/policies/secrets';
import { against } from '../policies';
import * as secrets from '../secrets';
import { apps, container, core, pod, release, type Invariant } from './invariant';

const secret = 'placeholder of objectStorePassword';

/** What stands in the objects: secrets, images, containers. */
export const contents: Invariant[] = [
  {
    promise: 'no secret is in plain text',
    problems: against(secretInPlain),
    fault: [`${apps}:StatefulSet`, 'thanos-store', `${container} args 0`, `--password=${secret}`],
    said: 'StatefulSet monitoring/thanos-store: spec.template.spec.containers[thanos-store].args[0] is a secret in plain text',
  },
  {
    promise: 'no secret is in plain text as base64',
    problems: against(secretInPlain),
    fault: [
      `${core}:Service`,
      'thanos-store',
      'inputs metadata labels x',
      Buffer.from(secret).toString('base64'),
    ],
    said: 'Service monitoring/thanos-store: metadata.labels.x is a secret in plain text',
  },
  {
    promise: 'no secret is in Helm values',
    problems: against(secretInValues),
    fault: [release, 'kube-prometheus-stack', 'secretPaths', [['values', 'grafana', 'admin', 'userKey']]],
    said: 'Release kube-prometheus-stack: values.grafana.admin.userKey is a secret',
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
    problems: against(imagePinned),
    fault: [`${apps}:Deployment`, 'thanos-query', `${container} image`, 'quay.io/thanos/thanos:latest'],
    said: 'Deployment monitoring/thanos-query: spec.template.spec.containers[thanos-query].image is quay.io/thanos/thanos:latest',
  },
  {
    promise: 'every image in Helm values is pinned by the tag of a version',
    problems: against(imagePinned),
    fault: [
      release,
      'kube-prometheus-stack',
      'inputs values prometheus prometheusSpec thanos image',
      'thanos',
    ],
    said: 'Release kube-prometheus-stack: values.prometheus.prometheusSpec.thanos.image is thanos',
  },
  {
    promise: 'every chart is pinned to a version',
    problems: against(chartPinned),
    fault: [release, 'prometheus-operator-crds', 'inputs version', undefined],
    said: 'Release prometheus-operator-crds: version is missing',
  },
  {
    promise: 'every container is restricted',
    problems: against(podRestricted),
    fault: [
      `${apps}:StatefulSet`,
      'thanos-receiver',
      `${container} securityContext capabilities`,
      { add: ['SYS_ADMIN'] },
    ],
    said: 'StatefulSet monitoring/thanos-receiver: spec.template.spec.containers[thanos-receiver].securityContext.capabilities.drop is missing',
  },
  {
    promise: 'no container is privileged or may become so',
    problems: against(podRestricted),
    fault: [
      `${apps}:StatefulSet`,
      'thanos-receiver',
      `${container} securityContext allowPrivilegeEscalation`,
      true,
    ],
    said: 'StatefulSet monitoring/thanos-receiver: spec.template.spec.containers[thanos-receiver].securityContext.allowPrivilegeEscalation is true',
  },
  {
    promise: 'no container can write outside its volumes',
    problems: against(rootReadOnly),
    fault: [
      `${apps}:StatefulSet`,
      'thanos-receiver',
      `${container} securityContext readOnlyRootFilesystem`,
      false,
    ],
    said: 'StatefulSet monitoring/thanos-receiver: spec.template.spec.containers[thanos-receiver].securityContext.readOnlyRootFilesystem is false',
  },
  {
    promise: 'no container runs as root',
    problems: against(podRestricted),
    fault: [`${apps}:StatefulSet`, 'thanos-receiver', `${pod} securityContext runAsUser`, 0],
    said: 'StatefulSet monitoring/thanos-receiver: spec.template.spec.containers[thanos-receiver].securityContext.runAsUser is 0',
  },
  {
    promise: 'no pod shares anything with its node',
    problems: against(podRestricted),
    fault: [`${apps}:Deployment`, 'thanos-query', `${pod} hostNetwork`, true],
    said: 'Deployment monitoring/thanos-query: spec.template.spec.hostNetwork is true',
  },
  {
    promise: 'no pod has a token that it does not use',
    problems: against(tokenUsed),
    fault: [`${apps}:Deployment`, 'thanos-query', `${pod} automountServiceAccountToken`, undefined],
    said: 'Deployment monitoring/thanos-query: spec.template.spec.automountServiceAccountToken is missing',
  },
  {
    promise: 'every container has requests and limits of CPU and memory',
    problems: against(resourcesBound),
    fault: [`${apps}:Deployment`, 'thanos-query', `${container} resources limits memory`, undefined],
    said: 'Deployment monitoring/thanos-query: spec.template.spec.containers[thanos-query].resources.limits.memory is missing',
  },
  {
    promise: "every namespace is restricted by its labels, but node-exporter's own",
    problems: against(namespaceRestricted),
    fault: [
      `${core}:Namespace`,
      'monitoring',
      'inputs metadata labels pod-security.kubernetes.io/enforce',
      'baseline',
    ],
    said: 'Namespace monitoring: metadata.labels["pod-security.kubernetes.io/enforce"] is baseline',
  },
];
