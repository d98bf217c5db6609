import { serviceHost, srvAddress, type ServiceDomain } from '../foundation/dns';

/** Name of the release; the chart and the operator derive the names of all their objects from it. */
export const releaseName = 'kube-prometheus-stack';

/** The claim in the template of the StatefulSet that the operator makes of the release's Prometheus. */
export const prometheusClaim = `prometheus-${releaseName}-prometheus-db`;

/** Pods of the chart or the operator: labels that only they have, and the ports they listen on. */
interface ChartPods {
  /** As network policies call them. */
  name: string;
  podLabels: Record<string, string>;
  ports: Readonly<Record<string, number>>;
}

const app = (name: string) => ({ 'app.kubernetes.io/name': name });

const operated = { 'operator.prometheus.io/name': `${releaseName}-prometheus` };

/** The operator's config-reloader, beside Prometheus, the agent and Alertmanager. */
const reloader = 8080;

/** Every pod of the release but node-exporter's, which has the node's network (see `helm template`). */
export const chartPods = {
  prometheus: {
    name: 'prometheus',
    podLabels: { ...app('prometheus'), ...operated },
    ports: { http: 9090, reloader },
  },
  agent: {
    name: 'prometheus-agent',
    podLabels: { ...app('prometheus-agent'), ...operated },
    ports: { http: 9090, reloader },
  },
  alertmanager: {
    name: 'alertmanager',
    podLabels: { alertmanager: `${releaseName}-alertmanager` },
    ports: { http: 9093, gossip: 9094, reloader },
  },
  grafana: { name: 'grafana', podLabels: app('grafana'), ports: { http: 3000 } },
  kubeStateMetrics: {
    name: 'kube-state-metrics',
    podLabels: app('kube-state-metrics'),
    ports: { http: 8080 },
  },
  operator: {
    name: 'prometheus-operator',
    podLabels: { app: `${releaseName}-operator` },
    ports: { https: 10250 },
  },
  /** Jobs that make the admission webhook's certificate and enter it. */
  admissionCreate: {
    name: 'admission-create',
    podLabels: { app: `${releaseName}-admission-create` },
    ports: {},
  },
  admissionPatch: {
    name: 'admission-patch',
    podLabels: { app: `${releaseName}-admission-patch` },
    ports: {},
  },
} as const satisfies Record<string, ChartPods>;

/**
 * The label `job` of what the chart's monitors scrape: the name of its Service. Agents have the Prometheus'
 * own, and the config-reloader beside each has that of its pod.
 */
export const chartJobs = {
  prometheus: `${releaseName}-prometheus`,
  sidecar: `${releaseName}-thanos-discovery`,
  alertmanager: `${releaseName}-alertmanager`,
  operator: `${releaseName}-operator`,
} as const;

/** Service of the chart's Grafana, for the Ingress. */
export const grafanaService = { name: `${releaseName}-grafana`, port: 80 } as const;

/** Every Alertmanager replica, as `--alertmanagers.url` of Thanos Rule takes it: each must get each alert. */
export const alertmanagerSrv = (domain: ServiceDomain): string =>
  srvAddress('alertmanager-operated', 'http-web', domain, 'http');

/** Any one Alertmanager replica, for people: they share their silences. */
export const alertmanagerUrl = (namespace: string): string =>
  `http://${releaseName}-alertmanager.${namespace}.svc:${chartPods.alertmanager.ports.http}`;

/** The central Prometheus' own HTTP API, any one replica: for what must not depend on Thanos. */
export const prometheusUrl = (domain: ServiceDomain): string =>
  `http://${serviceHost(`${releaseName}-prometheus`, domain)}:${chartPods.prometheus.ports.http}`;
