import { leaves, pathText } from '../../tools/render/secret-values';
import type { Deployment } from '../../tools/render/registered';
import {
  called,
  containers,
  objects,
  releases,
  workloads,
  type Container,
  type PodTemplate,
} from './objects';

/** A registry or path, and a tag that names one version. */
const pinned = /^[a-z0-9.-]+(:\d+)?\/[a-z0-9._/-]+:v?\d[\w.-]*$/;

/** Images of containers, and in Helm values, that are not pinned by the tag of a version. */
export const unpinnedImages = ({ resources }: Deployment): string[] => [
  ...workloads(resources).flatMap(({ object }) =>
    containers(object.spec.template)
      .filter(({ image }) => !pinned.test(image))
      .map(({ name, image }) => `${called(object)}, container ${name}: ${image}`),
  ),
  ...releases(resources).flatMap(({ release: { name, version = '', values } }) => [
    ...leaves(values)
      .filter(({ path, leaf }) => path.at(-1) === 'image' && !pinned.test(String(leaf)))
      .map(({ path, leaf }) => `Release ${name}: ${pathText(path)} is ${String(leaf)}`),
    ...leaves(values)
      .filter(({ path, leaf }) => path.at(-1) === 'tag' && !/^v?\d/.test(String(leaf)))
      .map(({ path, leaf }) => `Release ${name}: ${pathText(path)} is ${String(leaf)}`),
    ...(/^v?\d+\.\d+\.\d+$/.test(version) ? [] : [`Release ${name} has no exact chart version`]),
  ]),
];

/**
 * Containers that the Pod Security Standard `restricted` would refuse, or whose root filesystem is writable.
 */
export const unrestrictedContainers = ({ resources }: Deployment): string[] =>
  workloads(resources).flatMap(({ object }) => {
    const { template } = object.spec;
    const problems = [
      ...hostProblems(template),
      ...containers(template).flatMap((container) =>
        containerProblems(template, container).map((problem) => `container ${container.name}: ${problem}`),
      ),
    ];
    return problems.map((problem) => `${called(object)}: ${problem}`);
  });

const present = (problems: Record<string, boolean>): string[] =>
  Object.entries(problems).flatMap(([problem, holds]) => (holds ? [problem] : []));

const hostProblems = ({ spec }: PodTemplate): string[] =>
  present({
    'shares the network of the node': spec.hostNetwork === true,
    'sees the processes of the node': spec.hostPID === true || spec.hostIPC === true,
    'mounts a path of the node': (spec.volumes ?? []).some(({ hostPath }) => hostPath !== undefined),
    'has a token although its account is the default one':
      spec.automountServiceAccountToken !== false && spec.serviceAccountName === undefined,
  });

function containerProblems(
  { spec }: PodTemplate,
  { securityContext: own = {}, ports = [] }: Container,
): string[] {
  const pod = spec.securityContext ?? {};
  return present({
    'is privileged': own.privileged === true,
    'may gain privileges': own.allowPrivilegeEscalation !== false,
    'does not drop every capability': !(own.capabilities?.drop ?? []).includes('ALL'),
    'adds capabilities': (own.capabilities?.add ?? []).length > 0,
    'may run as root':
      (own.runAsNonRoot ?? pod.runAsNonRoot) !== true || (own.runAsUser ?? pod.runAsUser) === 0,
    'has no seccomp profile': (own.seccompProfile ?? pod.seccompProfile)?.type !== 'RuntimeDefault',
    'has a writable root filesystem': own.readOnlyRootFilesystem !== true,
    'opens a port of the node': ports.some(({ hostPort }) => hostPort !== undefined),
  });
}

/** Containers without requests and limits of CPU and memory. */
export const unboundContainers = ({ resources }: Deployment): string[] =>
  workloads(resources).flatMap(({ object }) =>
    containers(object.spec.template).flatMap(({ name, resources: { requests = {}, limits = {} } = {} }) =>
      ['cpu', 'memory'].flatMap((resource) =>
        [requests, limits].every((amounts) => amounts[resource] !== undefined)
          ? []
          : [`${called(object)}, container ${name}: no request or limit of ${resource}`],
      ),
    ),
  );

/** Namespaces without a Pod Security level, or with a weak one where it is not needed. */
export function weakNamespaces({ resources }: Deployment): string[] {
  const level = 'pod-security.kubernetes.io/enforce';
  return objects(resources)
    .filter(({ object }) => object.kind === 'Namespace')
    .filter(({ object: { metadata } }) => {
      // node-exporter needs the host; its namespace holds nothing else.
      const wanted = metadata.name === 'monitoring-node' ? 'privileged' : 'restricted';
      return metadata.labels?.[level] !== wanted;
    })
    .map(({ object }) => `${called(object)}: ${level} is ${object.metadata.labels?.[level] ?? 'missing'}`);
}
