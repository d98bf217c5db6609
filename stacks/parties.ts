import { blackboxExporter } from '../components/blackbox-exporter/exporter';
import type { Party } from '../components/foundation/network-policies';
import { chartPods } from '../components/prometheus-stack/addresses';
import { roles } from '../components/thanos/roles';
import type { LetOut } from '../config/network-policies';

type Row = (typeof roles)[keyof typeof roles];

/** The pods of a Thanos role; the sidecar is in Prometheus'. */
export const podsOf = (row: Row): Party =>
  'name' in row
    ? { name: row.name, podLabels: { 'app.kubernetes.io/name': row.name } }
    : chartPods.prometheus;

export const exporter: Party = {
  name: blackboxExporter.name,
  podLabels: { 'app.kubernetes.io/name': blackboxExporter.name },
};

/** The parts that the configuration may let out further, by what it calls them. */
export const partiesLetOut: Readonly<Record<LetOut['from'], Party>> = {
  alertmanager: chartPods.alertmanager,
  'blackbox-exporter': exporter,
  grafana: chartPods.grafana,
  'kube-state-metrics': chartPods.kubeStateMetrics,
  'prometheus-operator': chartPods.operator,
  'thanos-compactor': podsOf(roles.compactor),
  'thanos-receiver': podsOf(roles.receive),
  'thanos-ruler': podsOf(roles.ruler),
  'thanos-store': podsOf(roles.store),
};
