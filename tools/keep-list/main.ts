import { Cluster, type KubernetesObject } from '../kubernetes/cluster';
import { command, run, UsageError, UserError } from '../command-line';
import { needPrograms } from '../programs';
import {
  dashboardsIn,
  missingOfChart,
  rulesOverEdges,
  type ConfigMap,
  type PrometheusRule,
} from './deployed';
import { keepList } from './keep-list';
import { snippet, summary } from './report';

/** The label by which the chart's sidecar finds dashboards. */
const dashboardLabel = 'grafana_dashboard';

const program = command(
  'npm run --silent keep-list --',
  'Prints the metrics that an edge must send for the rules and dashboards of the central cluster, as its stack file takes ' +
    'them (agent.keepMetrics). On PATH: kubectl. Standard error says what was read, and every expression of which not all metrics are ' +
    'known: what it names is in the list, the rest is to be added by hand. The exit code is then 1.',
)
  .option('--central <kubeconfig>', 'file whose current context is the central cluster (needed)')
  .option('--json', 'print the list and what is unclear as JSON')
  .action(async ({ central: file, json }) => {
    if (file === undefined) throw new UsageError('missing: --central');
    needPrograms('kubectl');
    const central = new Cluster(file);
    const operated = await central.list<PrometheusRule & KubernetesObject>([
      'prometheusrules.monitoring.coreos.com',
    ]);
    const withDashboards = await central.list<ConfigMap & KubernetesObject>(
      ['configmaps'],
      undefined,
      dashboardLabel,
    );
    const missing = missingOfChart(operated, withDashboards);
    if (missing.length > 0) throw new UserError(incomplete(central, missing));
    const rules = rulesOverEdges(operated);
    const dashboards = dashboardsIn(withDashboards);
    const list = keepList(rules, dashboards);
    console.log(json ? JSON.stringify(list, null, 2) : snippet(list));
    console.error(summary(rules, dashboards, list));
    if (list.unclear.length > 0) process.exitCode = 1;
  });

/** A list made of a part of the rules and dashboards would make an edge drop what the rest read. */
const incomplete = ({ access }: Cluster, missing: readonly string[]): string =>
  `${access.server} (context ${access.context} of ${access.kubeconfig}) has no ${missing.join(' and no ')} of ` +
  'kube-prometheus-stack, which a deployed central cluster has. A list without what they read would make an edge drop it; ' +
  'none is printed. Name the kubeconfig of the central cluster, or deploy it whole: a sandbox has placeholders for the chart.';

void run(program);
