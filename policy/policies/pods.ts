import { objectName } from '../manifest';
import { missing, shown, type Finding, type Policy } from '../policy';
import type { Container } from '../pod';
import { containers, workloads, type Workload } from '../workloads';

/** A field, what stands in it, what may, and whether it does. */
type Field = [field: string, found: unknown, allowed: string, well: boolean];

const findings = (object: string, fields: readonly Field[]): Finding[] =>
  fields.flatMap(([field, found, allowed, well]) =>
    well ? [] : [{ object, field, found: shown(found), allowed }],
  );

const podFields = ({ at, pod }: Workload): Field[] => [
  ...(['hostNetwork', 'hostPID', 'hostIPC'] as const).map((field): Field => [
    `${at}.${field}`,
    pod[field],
    'false',
    pod[field] !== true,
  ]),
  ...(pod.volumes ?? []).map(({ name, hostPath }): Field => [
    `${at}.volumes[${name}].hostPath`,
    hostPath?.path,
    'no path of the node',
    hostPath === undefined,
  ]),
];

/** The Pod Security Standard `restricted`, field by field. */
function containerFields({ pod }: Workload, container: Container, field: string): Field[] {
  const { securityContext: own = {}, ports = [] } = container;
  const { securityContext: ofPod = {} } = pod;
  const at = `${field}.securityContext`;
  const { drop = [], add = [] } = own.capabilities ?? {};
  const nonRoot = own.runAsNonRoot ?? ofPod.runAsNonRoot;
  const user = own.runAsUser ?? ofPod.runAsUser;
  const seccomp = (own.seccompProfile ?? ofPod.seccompProfile)?.type;
  return [
    [`${at}.privileged`, own.privileged, 'false', own.privileged !== true],
    [
      `${at}.allowPrivilegeEscalation`,
      own.allowPrivilegeEscalation,
      'false',
      own.allowPrivilegeEscalation === false,
    ],
    [`${at}.capabilities.drop`, own.capabilities?.drop, '["ALL"]', drop.includes('ALL')],
    [`${at}.capabilities.add`, add, 'none', add.length === 0],
    [`${at}.runAsNonRoot`, nonRoot, 'true', nonRoot === true],
    [`${at}.runAsUser`, user, 'any but 0', user !== 0],
    [
      `${at}.seccompProfile.type`,
      seccomp,
      'RuntimeDefault or Localhost',
      ['RuntimeDefault', 'Localhost'].includes(seccomp ?? ''),
    ],
    ...ports.map(({ name, containerPort, hostPort }): Field => [
      `${field}.ports[${name ?? containerPort}].hostPort`,
      hostPort,
      'no port of the node',
      hostPort === undefined,
    ]),
  ];
}

export const podRestricted: Policy = {
  name: 'pod-restricted',
  description:
    'Every pod keeps the Pod Security Standard `restricted`, also where its namespace does not ask for it.',
  reason: 'Whoever takes over a container that may do more takes over the node.',
  remedy: "Set the field; where a chart makes the pod, by the chart's values.",
  scope: 'object',
  facts: ['configReloader'],
  check: (manifests, { configReloader }) =>
    workloads(manifests, configReloader).flatMap((workload) => [
      ...findings(workload.object, podFields(workload)),
      ...containers(workload).flatMap(({ container, field }) =>
        findings(workload.object, containerFields(workload, container, field)),
      ),
    ]),
};

export const rootReadOnly: Policy = {
  name: 'root-read-only',
  description: 'The root filesystem of every container is read-only.',
  reason:
    'A program that was put there by somebody else would stay and run; and what a pod writes outside its volumes fills the node.',
  remedy: 'Set readOnlyRootFilesystem, and mount an emptyDir where the program writes.',
  scope: 'object',
  facts: ['configReloader'],
  check: (manifests, { configReloader }) =>
    workloads(manifests, configReloader).flatMap((workload) =>
      containers(workload).flatMap(({ container: { securityContext }, field }) => {
        const readOnly = securityContext?.readOnlyRootFilesystem;
        return findings(workload.object, [
          [`${field}.securityContext.readOnlyRootFilesystem`, readOnly, 'true', readOnly === true],
        ]);
      }),
    ),
};

export const resourcesBound: Policy = {
  name: 'resources-bound',
  description: 'Every container has requests and limits of CPU and memory.',
  reason:
    'One that takes all of a node takes its neighbours with it, and a quota on the namespace refuses one that states nothing.',
  remedy: 'State what it needs and what it may take at most.',
  scope: 'object',
  facts: ['configReloader'],
  check: (manifests, { configReloader }) =>
    workloads(manifests, configReloader).flatMap((workload) =>
      containers(workload).flatMap(({ container: { resources }, field }) =>
        (['requests', 'limits'] as const).flatMap((bound) =>
          ['cpu', 'memory'].flatMap((resource) => {
            const amount = resources?.[bound]?.[resource];
            return findings(workload.object, [
              [`${field}.resources.${bound}.${resource}`, amount, 'an amount', amount !== undefined],
            ]);
          }),
        ),
      ),
    ),
};

const level = 'pod-security.kubernetes.io/enforce';

export const namespaceRestricted: Policy = {
  name: 'namespace-restricted',
  description: 'Every namespace has the API server refuse pods that are not `restricted`.',
  reason:
    'The pods that an operator or a person makes there stand in no manifest; only the API server sees them.',
  remedy: `Label the namespace ${level}=restricted.`,
  scope: 'object',
  facts: [],
  check: (manifests) =>
    manifests
      .filter(({ kind }) => kind === 'Namespace')
      .filter(({ metadata }) => metadata.labels?.[level] !== 'restricted')
      .map((manifest) => ({
        object: objectName(manifest),
        field: `metadata.labels["${level}"]`,
        found: manifest.metadata.labels?.[level] ?? missing,
        allowed: 'restricted',
      })),
};
