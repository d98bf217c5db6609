import { replicaLabels } from '../thanos/roles';
import { operatorLabel, prometheusReplicaLabel, type ExternalLabels } from './external-labels';

/** Every key of the external labels, so that a further one does not compile without its line here. */
const external: Record<keyof ExternalLabels, true> = { cluster: true, environment: true };

/**
 * The labels that the way of a sample sets or takes away: who it is from, and the copies that Query merges. A
 * series of an application that has one of them would be taken for another's.
 */
export const ownLabels: readonly string[] = [
  ...new Set([...Object.keys(external), operatorLabel, prometheusReplicaLabel, ...replicaLabels]),
].sort();

/** A relabeling as the operator takes it. */
export interface Relabeling {
  action: 'replace' | 'labelmap' | 'labeldrop';
  sourceLabels?: string[];
  separator?: string;
  regex: string;
  targetLabel?: string;
  replacement?: string;
}

/** Prometheus' own prefix for the label of an application whose name it needs for itself. */
const exported = (label: string) => `exported_${label}`;

const any = `(${ownLabels.join('|')})`;

/**
 * Gives the application's own labels of these names the names that Prometheus gives in a conflict:
 * `exported_cluster`. Where there is one already, since the target has the label too, that one becomes
 * `exported_exported_cluster`.
 *
 * External labels are not among a sample's labels yet, so whatever has such a name here is the application's
 * (`mutateSampleLabels` in scrape/scrape.go of Prometheus). Later they are: remote write lets a series' label
 * win over the external one, and Receive and the sidecar then put theirs in its place.
 */
export const keptLabels: readonly Relabeling[] = [
  ...ownLabels.map((label) => ({
    action: 'replace' as const,
    sourceLabels: [label, exported(label)],
    separator: ';',
    regex: '.+;(.+)',
    targetLabel: exported(exported(label)),
    replacement: '$1',
  })),
  { action: 'labelmap', regex: any, replacement: exported('$1') },
  { action: 'labeldrop', regex: any },
];

/** What the operator adds to every scrape that a monitor, a probe or a ScrapeConfig asks for. */
export interface ScrapeClass {
  name: string;
  default: true;
  /** Of targets, before those that the monitor itself asks for. */
  relabelings: readonly Relabeling[];
  metricRelabelings: readonly Relabeling[];
}

/**
 * The class of every scrape: the operator also takes it where a monitor names one that there is not. Of
 * targets too, whose labels also stand on `up`: a ServiceMonitor may take them from its Service.
 */
export const scrapeClass: ScrapeClass = {
  name: 'application-labels',
  default: true,
  relabelings: keptLabels,
  metricRelabelings: keptLabels,
};
