import { selectorLabels } from '../foundation/labels';

/** Names and ports of the blackbox exporter, for its own objects, network policies and rules. */
export const blackboxExporter = {
  /** Name of its objects, and the label `job` of its own metrics. */
  name: 'blackbox-exporter',
  selector: selectorLabels('blackbox-exporter', 'prober'),
  ports: { http: 9115 },
} as const;

/**
 * The label `job` of what probes find, which is also the name of their Probe where it is one. Never the label
 * `cluster`: `up{cluster="cluster-02"}` of a probe would keep the dead-man alert of cluster-02 silent.
 */
export const probeJobs = {
  /** An edge's newest sample, through query-frontend; label `edge`. */
  edges: 'probe-edges',
  /** A name that people or edges know; labels `host` and `certificate`. */
  names: 'probe-names',
  /** Receive's handshake, inside of the cluster; label `certificate`. */
  receive: 'probe-receive',
  /** A request to Receive without a client certificate. */
  refusal: 'probe-receive-refusal',
} as const;
