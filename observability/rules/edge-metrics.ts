/**
 * Metrics that the rules over all clusters read of every edge, and what becomes of an edge that does not send
 * one. Written out, so that the configuration is checked without a PromQL parser; a test compares it with the
 * rules.
 */
export const metricsOfEdges: Readonly<Record<string, string>> = {
  up: 'EdgeSilent would report an edge that does not send it as silent for ever',
};
