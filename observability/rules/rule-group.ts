/** A group of rules as Prometheus and Thanos Rule read it, and who evaluates it. */
export interface RuleGroup {
  /** Unique among all groups. */
  name: string;
  /**
   * `ruler`: Thanos Ruler, over all clusters, through Query. `prometheus`: the central Prometheus, over what
   * it scrapes itself, so that it also works when Thanos does not.
   */
  evaluator: 'ruler' | 'prometheus';
  /** Whether it says more with each edge. The operator takes no object of more than 512 KiB. */
  growsWithEdges?: true;
  interval?: string;
  query_offset?: string;
  rules: Rule[];
}

export type Rule = AlertingRule | RecordingRule;

export interface AlertingRule {
  alert: string;
  expr: string;
  for?: string;
  keep_firing_for?: string;
  labels: { severity: Severity } & Record<string, string>;
  annotations: { summary: string; description: string };
}

export interface RecordingRule {
  record: string;
  expr: string;
  labels?: Record<string, string>;
}

/**
 * `critical` wakes somebody, `warning` is for working hours, `info` is only read beside others, `none`
 * reaches nobody.
 */
export type Severity = 'critical' | 'warning' | 'info' | 'none';
