import { parseArgs } from 'node:util';
import { monitoringNamespace } from '../../components/foundation/namespaces';
import { rulesConfigMap } from '../../components/thanos/ruler';
import { Cluster, type KubernetesObject } from '../kubernetes/cluster';
import { dashboardsIn, fileRules, operatedRules, type ConfigMap, type PrometheusRule } from './deployed';
import { keepList } from './keep-list';
import { snippet, summary } from './report';

const usage = `Prints the metrics that an edge must send for the rules and dashboards of the central cluster, as its stack file
takes them (agent.keepMetrics).

  npm run --silent keep-list -- --central KUBECONFIG          its current context is used; kubectl must be on PATH
                                --json                        the list and what is unclear

Standard error says what was read, and every expression of which not all metrics are known: what it names is in the list,
the rest is to be added by hand. The exit code is then 1.`;

/** The label by which the chart's sidecar finds dashboards. */
const dashboardLabel = 'grafana_dashboard';

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { central: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help || values.central === undefined) {
    console.error(usage);
    return values.help ? 0 : 2;
  }
  const central = new Cluster(values.central);
  const operated = await central.list<PrometheusRule & KubernetesObject>([
    'prometheusrules.monitoring.coreos.com',
  ]);
  const inNamespace = await central.list<ConfigMap & KubernetesObject>(['configmaps'], monitoringNamespace);
  const rules = [
    ...operatedRules(operated),
    ...inNamespace.filter(({ metadata }) => metadata.name === rulesConfigMap).flatMap(fileRules),
  ];
  const dashboards = dashboardsIn(
    await central.list<ConfigMap & KubernetesObject>(['configmaps'], undefined, dashboardLabel),
  );
  const list = keepList(rules, dashboards);
  console.log(values.json ? JSON.stringify(list, null, 2) : snippet(list));
  console.error(summary(rules, dashboards, list));
  return list.unclear.length > 0 ? 1 : 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  },
);
