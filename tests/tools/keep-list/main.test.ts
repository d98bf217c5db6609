import { metricsOfEdges } from '../../../observability/rules/edge-metrics';
import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder';

/** What the configuration of every edge asks for. */
const needed = Object.keys(metricsOfEdges);

const project = join(__dirname, '..', '..', '..');
const folder = temporaryFolder('keep-list');

const kubeconfig = join(folder, 'kubeconfig');
writeFileSync(
  kubeconfig,
  JSON.stringify({
    'current-context': 'central',
    contexts: [{ name: 'central', context: { cluster: 'central' } }],
    clusters: [{ name: 'central', cluster: { server: 'https://192.0.2.1:6443' } }],
  }),
);

const metadata = (name: string) => ({ name, namespace: 'monitoring', uid: name });
const ofChart = { labels: { 'app.kubernetes.io/part-of': 'kube-prometheus-stack' } };
const operated = {
  metadata: { ...metadata('records'), ...ofChart },
  spec: {
    groups: [{ rules: [{ record: 'job:a:sum', expr: 'sum by (job) (a)' }] }, { rules: [{ expr: 1 }] }],
  },
};
const ofPrometheus = {
  metadata: { ...metadata('thanos'), labels: { 'evaluated-by': 'prometheus' } },
  spec: { groups: [{ rules: [{ alert: 'Halted', expr: 'thanos_compact_halted == 1' }] }] },
};

const chartDashboard = (dashboard: object) => ({
  metadata: { ...metadata('pods'), ...ofChart },
  data: { 'pods.json': JSON.stringify(dashboard) },
});

/** Answers as kubectl does for the two lists that are asked for, and for nothing else. */
function kubectl(rules: readonly object[], dashboards: readonly object[]) {
  const answers = {
    'get prometheusrules.monitoring.coreos.com --output=json --all-namespaces': rules,
    'get configmaps --output=json --all-namespaces --selector grafana_dashboard': dashboards,
  };
  const cases = Object.entries(answers).map(([args, items], i) => {
    writeFileSync(join(folder, `${i}.json`), JSON.stringify({ items }));
    return `"--kubeconfig ${kubeconfig} --context central ${args}") cat ${join(folder, `${i}.json`)} ;;`;
  });
  const script = ['#!/bin/sh', 'case "$*" in', ...cases, '*) echo "not expected: $*" >&2; exit 1 ;;', 'esac'];
  writeFileSync(join(folder, 'kubectl'), `${script.join('\n')}\n`);
  chmodSync(join(folder, 'kubectl'), 0o755);
}

/** `npm run keep-list -- ARGUMENTS` without npm. */
function run(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join('tools', 'keep-list', 'main.ts'), ...args],
    {
      cwd: project,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` },
    },
  );
  return { stdout, stderr, status };
}

describe('npm run keep-list', () => {
  it('prints the list as a stack file takes it, without what the central Prometheus reads of its own', () => {
    kubectl(
      [operated, ofPrometheus],
      [chartDashboard({ panels: [{ targets: [{ expr: 'job:a:sum / b' }] }] })],
    );
    expect(run('--central', kubeconfig)).toEqual({
      stdout: [
        'config:',
        '  monitoring:agent:',
        '    keepMetrics:',
        ...['a', 'b', ...needed].sort().map((name) => `      - ${name}`),
        '',
      ].join('\n'),
      stderr: `2 rules, 1 dashboards: ${needed.length + 2} metrics\n`,
      status: 0,
    });
  }, 60_000);

  it('prints it as JSON, and says what is unclear', () => {
    const panels = [{ targets: [{ expr: 'b{\n  $filter}' }] }];
    kubectl([operated], [chartDashboard({ panels, templating: { list: [] } })]);
    const expression = 'b{\n  $filter}';
    const source = 'ConfigMap monitoring/pods, pods.json';
    const { stdout, stderr, status } = run('--central', kubeconfig, '--json');
    expect(JSON.parse(stdout)).toEqual({
      metrics: ['a', 'b', ...needed].sort(),
      unclear: [{ source, expression, why: 'does not parse' }],
    });
    expect({ stderr: stderr.split('\n'), status }).toEqual({
      stderr: [
        `2 rules, 1 dashboards: ${needed.length + 2} metrics`,
        '1 unclear. What they name is in the list as far as it can be read; add by hand what else they need:',
        `  ${source}: does not parse`,
        '    b{ $filter}',
        '',
      ],
      status: 1,
    });
  }, 60_000);

  it('prints no list for a cluster without the rules and dashboards of the chart', () => {
    kubectl([], []);
    expect(run('--central', kubeconfig)).toEqual({
      stdout: '',
      stderr:
        `https://192.0.2.1:6443 (context central of ${kubeconfig}) has no PrometheusRules and no dashboards of kube-prometheus-stack, ` +
        'which a deployed central cluster has. A list without what they read would make an edge drop it; none is printed. Name the ' +
        'kubeconfig of the central cluster, or deploy it whole: a sandbox has placeholders for the chart.\n',
      status: 2,
    });
  }, 60_000);

  it('names what was given instead of a kubeconfig', () => {
    expect(run('--central', 'package.json')).toEqual({
      stdout: '',
      stderr: `${join(project, 'package.json')} is no kubeconfig: it has no lists "contexts" and "clusters". Name the file that kubectl uses for the cluster.\n`,
      status: 2,
    });
  }, 60_000);
});
