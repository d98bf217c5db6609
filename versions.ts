/**
 * The one place for chart and image versions. Every image is pinned by tag; an update bot edits this file
 * alone (the `renovate:` comments are its markers).
 */
export const charts = {
  // renovate: datasource=docker depName=ghcr.io/prometheus-community/charts/kube-prometheus-stack
  kubePrometheusStack: '88.5.3',
  // renovate: datasource=docker depName=ghcr.io/prometheus-community/charts/prometheus-operator-crds
  prometheusOperatorCrds: '31.0.1',
} as const;

export const images = {
  // renovate: datasource=docker depName=quay.io/thanos/thanos
  thanos: { repository: 'quay.io/thanos/thanos', tag: 'v0.42.4' },
  // The shell beside the agents, whose image has none (components/prometheus-stack/agent-backlog.ts).
  // renovate: datasource=docker depName=docker.io/library/busybox
  busybox: { repository: 'docker.io/library/busybox', tag: '1.37.0' },
  // renovate: datasource=docker depName=quay.io/prometheus/blackbox-exporter
  blackboxExporter: { repository: 'quay.io/prometheus/blackbox-exporter', tag: 'v0.28.0' },
} as const;

/** Where the charts are published; `monitoring:charts.directory` or CHART_DIR name a folder instead. */
export const chartRegistry = 'oci://ghcr.io/prometheus-community/charts';

/** The image reference as a container takes it. */
export const imageReference = (image: { repository: string; tag: string }): string =>
  `${image.repository}:${image.tag}`;
