/** A group of alerting rules as Prometheus and Thanos Rule read it. */
export interface RuleGroup {
  /** Unique in its list, and the name of its file. */
  name: string;
  interval?: string;
  rules: AlertingRule[];
}

export interface AlertingRule {
  alert: string;
  expr: string;
  for: string;
  labels: Record<string, string>;
  annotations: { summary: string; description: string };
}
