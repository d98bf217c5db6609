/** The recommended Kubernetes labels of one workload. */
export interface Labels {
  'app.kubernetes.io/name': string;
  'app.kubernetes.io/component': string;
  'app.kubernetes.io/part-of': string;
}

/**
 * Labels that select a workload's pods: without the version, because a selector is immutable.
 *
 * @param name the workload, such as `thanos-query`; unique in its namespace
 * @param component its part in the whole, such as `query-layer`
 */
export const selectorLabels = (name: string, component: string): Labels => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/component': component,
  'app.kubernetes.io/part-of': 'monitoring',
});

/** Labels of a workload's objects and pods: the selector's, and those that may change. */
export const objectLabels = (selector: Labels, version: string) => ({
  ...selector,
  'app.kubernetes.io/version': version,
  'app.kubernetes.io/managed-by': 'pulumi',
});
