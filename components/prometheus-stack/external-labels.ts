/** The label that tells the replicas of one Prometheus (or agent) apart; queries deduplicate by it. */
export const prometheusReplicaLabel = 'prometheus_replica';

/** The label that the operator adds to the external ones by itself: namespace and name of the Prometheus. */
export const operatorLabel = 'prometheus';

/** What says, on every series of a cluster, where it is from. */
export interface ExternalLabels {
  /** At Receive the tenant from the edge's certificate takes its place. */
  cluster: string;
  environment: string;
}

/**
 * External labels of the central Prometheus and of the agents. A further one is a line here and in the
 * interface, and a key in config/cluster.ts where clusters differ in it.
 */
export const externalLabels = (cluster: { label: string; environment: string }): ExternalLabels => ({
  cluster: cluster.label,
  environment: cluster.environment,
});
