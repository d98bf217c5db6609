import { objectName, ofKind, type Of } from '../manifest';
import { missing, shown, type Finding, type Policy } from '../policy';
import { containers, workloads } from '../workloads';

interface Ingress {
  tls?: { hosts?: string[] }[];
  defaultBackend?: object;
  rules?: { host?: string }[];
}

interface Service {
  type?: string;
  externalIPs?: string[];
}

const names = (exposed: readonly string[]): string => exposed.join(', ') || 'nothing is named';

function ingressFindings(manifest: Of<Ingress>, exposed: readonly string[]): Finding[] {
  const { tls = [], rules = [], defaultBackend } = manifest.spec;
  const object = objectName(manifest);
  const encrypted = tls.flatMap(({ hosts = [] }) => hosts);
  return [
    ...(defaultBackend
      ? [{ object, field: 'spec.defaultBackend', found: 'any host', allowed: names(exposed) }]
      : []),
    ...rules.flatMap(({ host }) => {
      if (host === undefined || !exposed.includes(host)) {
        return [{ object, field: 'spec.rules', found: host ?? 'any host', allowed: names(exposed) }];
      }
      return encrypted.includes(host)
        ? []
        : [{ object, field: 'spec.tls', found: missing, allowed: `a certificate for ${host}` }];
    }),
  ];
}

function serviceFindings(manifest: Of<Service | undefined>, exposed: readonly string[]): Finding[] {
  const object = objectName(manifest);
  if (exposed.includes(object)) return [];
  const { type, externalIPs = [] } = manifest.spec ?? {};
  const allowed = 'ClusterIP, or to be named';
  return [
    ...(['LoadBalancer', 'NodePort'].includes(type ?? '')
      ? [{ object, field: 'spec.type', found: shown(type), allowed }]
      : []),
    ...(externalIPs.length > 0
      ? [{ object, field: 'spec.externalIPs', found: shown(externalIPs), allowed }]
      : []),
  ];
}

export const exposedByName: Policy = {
  name: 'exposed-by-name',
  description:
    'From outside the cluster nothing is reached but what the configuration names, and hosts only by TLS.',
  reason:
    'Metrics, alerts and queries are open inside the cluster; one Service of the wrong type opens them to everybody.',
  remedy:
    'Make the Service a ClusterIP; or name the host or Service where exposure is declared, with authentication in front.',
  scope: 'object',
  facts: ['exposed'],
  check: (manifests, { exposed }) => [
    ...ofKind<Ingress>(manifests, 'Ingress').flatMap((manifest) => ingressFindings(manifest, exposed)),
    ...ofKind<Service>(manifests, 'Service').flatMap((manifest) => serviceFindings(manifest, exposed)),
    ...workloads(manifests)
      .filter(({ object }) => !exposed.includes(object))
      .flatMap((workload) =>
        containers(workload).flatMap(({ container: { ports = [] }, field }) =>
          ports
            .filter(({ hostPort }) => hostPort !== undefined || workload.hostNetwork)
            .map(({ name, containerPort, hostPort }) => ({
              object: workload.object,
              field: `${field}.ports[${name ?? containerPort}]`,
              found: `port ${hostPort ?? containerPort} of every node it runs on`,
              allowed: 'a port of the pod, or to be named',
            })),
        ),
      ),
  ],
};
