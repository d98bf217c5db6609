import type { StoreEndpoint } from '../foundation/references';

/** Name of the release; the chart and the operator derive the names of all their objects from it. */
export const releaseName = 'kube-prometheus-stack';

/** Service of the chart's Grafana, for the Ingress. */
export const grafanaService = { name: `${releaseName}-grafana`, port: 80 } as const;

/** The sidecars of all Prometheus replicas: the operator's headless Service has a port `grpc` since the spec has `thanos`. */
export const sidecarEndpoint = (namespace: string, clusterDomain: string): StoreEndpoint => ({
  address: `dnssrv+_grpc._tcp.prometheus-operated.${namespace}.svc.${clusterDomain}`,
});

/** Every Alertmanager replica, as Thanos Rule's `--alertmanagers.url` takes it: each must get each alert itself. */
export const alertmanagerSrv = (namespace: string, clusterDomain: string) =>
  `dnssrv+http://_http-web._tcp.alertmanager-operated.${namespace}.svc.${clusterDomain}`;

/** Any one Alertmanager replica, for people: they share their silences. */
export const alertmanagerUrl = (namespace: string) =>
  `http://${releaseName}-alertmanager.${namespace}.svc:9093`;

/** The central Prometheus' own HTTP API, any one replica: for what must not depend on Thanos. */
export const prometheusUrl = (namespace: string, clusterDomain: string) =>
  `http://${releaseName}-prometheus.${namespace}.svc.${clusterDomain}:9090`;
