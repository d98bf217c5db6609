import { parse } from 'yaml';
import { objectName } from '../../policy/manifest';
import type { Deployment } from '../../tools/render/registered';
import type { Pod } from '../../policy/pod';
import { selects } from '../../policy/workloads';
import { ofKind, workloads, type KubernetesObject, type Service } from './objects';
import { pods } from './pods';

interface ServiceMonitor {
  selector: { matchLabels: Record<string, string> };
  namespaceSelector?: { matchNames?: string[] };
  endpoints: { port?: string }[];
}

interface Probe {
  prober: { url: string };
  module: string;
}

interface Ingress {
  rules: {
    http: { paths: { backend: { service: { name: string; port: { number?: number; name?: string } } } }[] };
  }[];
}

/** Workloads whose selector does not find their own pods, or holds what changes with the version. */
export const brokenSelectors = ({ resources }: Deployment): string[] =>
  workloads(resources).flatMap(({ object }) => {
    const { selector, template } = object.spec;
    const version = Object.keys(selector.matchLabels).filter((key) => /version|managed-by|chart/.test(key));
    return [
      ...(selects(selector, template.metadata.labels) ? [] : [`${objectName(object)} misses its own pods`]),
      ...version.map((key) => `${objectName(object)} selects by ${key}, and a selector cannot change`),
    ];
  });

/** Workloads whose selector also finds another's pods: each would count and delete them as its own. */
export const sharedSelectors = (deployment: Deployment): string[] =>
  workloads(deployment.resources).flatMap(({ object }) =>
    pods(deployment)
      .filter(
        ({ name, namespace }) => namespace === object.metadata.namespace && name !== object.metadata.name,
      )
      .filter(({ labels }) => selects(object.spec.selector, labels))
      .map(({ name }) => `${objectName(object)} also selects the pods of ${name}`),
  );

const behind = ({ metadata, spec }: KubernetesObject<Service>, all: Pod[]): Pod[] =>
  spec.selector
    ? all.filter(
        (pod) =>
          pod.namespace === metadata.namespace && selects({ matchLabels: spec.selector ?? {} }, pod.labels),
      )
    : [];

/** Services that select no pod, the pods of several workloads, or a port that their pods do not have. */
export const brokenServices = (deployment: Deployment): string[] =>
  ofKind<Service>(deployment.resources, 'Service').flatMap(({ object }) => {
    const selected = behind(object, pods(deployment));
    if (selected.length !== 1)
      return [`${objectName(object)} selects the pods of ${selected.length} workloads`];
    return object.spec.ports
      .map(({ port, targetPort = port }) => targetPort)
      .filter((target) =>
        selected.some(({ ports }) =>
          typeof target === 'string' ? ports[target] === undefined : !Object.values(ports).includes(target),
        ),
      )
      .map((target) => `${objectName(object)}: its pods have no port ${target}`);
  });

/** StatefulSets whose governing Service is missing: their pods would have no DNS names. */
export const missingGoverningServices = ({ resources }: Deployment): string[] => {
  const headless = ofKind<{ clusterIP?: string }>(resources, 'Service')
    .filter(({ object }) => object.spec.clusterIP === 'None')
    .map(({ object }) => object.metadata.name);
  return workloads(resources)
    .filter(({ object }) => object.kind === 'StatefulSet')
    .filter(({ object }) => !headless.includes(object.spec.serviceName ?? ''))
    .map(({ object }) => `${objectName(object)}: no headless Service ${object.spec.serviceName ?? ''}`);
};

/** ServiceMonitors that find no Service, or a port that the Service does not have: nothing would say so. */
export const blindServiceMonitors = ({ resources }: Deployment): string[] =>
  ofKind<ServiceMonitor>(resources, 'ServiceMonitor').flatMap(({ object }) => {
    const { selector, namespaceSelector, endpoints } = object.spec;
    const namespaces = namespaceSelector?.matchNames ?? [object.metadata.namespace];
    const found = ofKind<Service>(resources, 'Service').filter(
      ({ object: { metadata } }) =>
        namespaces.includes(metadata.namespace) && selects(selector, metadata.labels),
    );
    if (found.length === 0) return [`${objectName(object)} selects no Service`];
    return endpoints
      .filter(
        ({ port }) => !found.some((service) => service.object.spec.ports.some(({ name }) => name === port)),
      )
      .map(({ port = '' }) => `${objectName(object)}: no Service has the port ${port}`);
  });

/** Probes whose exporter is no Service, or has no such module: Prometheus would hear an error for ever. */
export const lostProbes = ({ resources }: Deployment): string[] =>
  ofKind<Probe>(resources, 'Probe').flatMap(({ object }) => {
    const { prober, module } = object.spec;
    const [host = '', port] = prober.url.split(':');
    const exporter = ofKind<Service>(resources, 'Service').find(({ object: { metadata } }) =>
      host.startsWith(`${metadata.name}.${metadata.namespace ?? ''}.svc.`),
    )?.object;
    if (!exporter?.spec.ports.some((own) => own.port === Number(port)))
      return [`${objectName(object)}: no Service is ${prober.url}`];
    const config = ofKind(resources, 'ConfigMap').find(
      (map) => map.object.metadata.name === exporter.metadata.name,
    )?.object.data?.['config.yml'];
    const { modules = {} } = parse(config ?? '{}') as { modules?: Record<string, unknown> };
    return module in modules ? [] : [`${objectName(object)}: its exporter has no module ${module}`];
  });

/** Workloads whose pods are scraped twice, since two Services match one ServiceMonitor; or never. */
export const scrapedOtherThanOnce = ({ resources }: Deployment): string[] =>
  workloads(resources).flatMap(({ object }) => {
    const services = ofKind<Service>(resources, 'Service').filter(({ object: service }) =>
      selects({ matchLabels: service.spec.selector ?? { none: '' } }, object.spec.template.metadata.labels),
    );
    const scrapes = ofKind<ServiceMonitor>(resources, 'ServiceMonitor').flatMap(({ object: { spec } }) =>
      services.filter(
        ({ object: service }) =>
          selects(spec.selector, service.metadata.labels) &&
          spec.endpoints.some(({ port }) => service.spec.ports.some(({ name }) => name === port)),
      ),
    );
    return scrapes.length === 1 ? [] : [`${objectName(object)} is scraped ${scrapes.length} times`];
  });

/** Services that the chart makes and an Ingress may name. */
const chartServices = [{ name: 'kube-prometheus-stack-grafana', ports: [{ name: 'http-web', port: 80 }] }];

/** Ingress backends that do not exist. */
export const brokenIngresses = ({ resources }: Deployment): string[] => {
  const services = [
    ...chartServices,
    ...ofKind<Service>(resources, 'Service').map(({ object }) => ({
      name: object.metadata.name,
      ports: object.spec.ports,
    })),
  ];
  return ofKind<Ingress>(resources, 'Ingress').flatMap(({ object }) =>
    object.spec.rules
      .flatMap(({ http }) => http.paths.map(({ backend }) => backend.service))
      .filter(
        ({ name, port }) =>
          !services.some(
            (service) =>
              service.name === name &&
              service.ports.some((own) => own.port === port.number || (port.name && own.name === port.name)),
          ),
      )
      .map(({ name }) => `${objectName(object)}: no Service ${name} with that port`),
  );
};

/**
 * Datasources of Grafana that are no Service of the cluster: it would go out and come back in by the Ingress,
 * or reach nothing. The chart's own Services are known by their names.
 */
export const outsideDatasources = ({ resources }: Deployment): string[] => {
  const services = ofKind<Service>(resources, 'Service').map(({ object: { metadata, spec } }) => ({
    host: `${metadata.name}.${metadata.namespace ?? ''}.svc`,
    ports: spec.ports.map(({ port }) => port),
  }));
  return ofKind(resources, 'ConfigMap').flatMap(({ object }) =>
    Array.from(object.data?.['datasources.yaml']?.matchAll(/url: (.*)/g) ?? [], ([, text = '']) => text)
      .filter((text) => {
        const { hostname, port } = new URL(text);
        const own = services.some(
          (service) => hostname.startsWith(service.host) && service.ports.includes(Number(port)),
        );
        return !own && !hostname.startsWith('kube-prometheus-stack-');
      })
      .map((text) => `${objectName(object)}: ${text} is no Service of the cluster`),
  );
};
