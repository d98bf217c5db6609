import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exemptions } from '../../../policy/exemptions';
import { sentence } from '../../../policy/judge';
import { policies } from '../../../policy/list';
import { objectName } from '../../../policy/manifest';
import { workloads } from '../../../policy/workloads';
import { stackFilesIn } from '../../../tools/render/stack-file';
import { recordOf, recordPath, recordText } from '../../../tools/policy/chart-pods';
import { judgedStacks, type JudgedStack } from '../../../tools/policy/stacks';
import { verdictOn } from '../../../tools/policy/verdict';
import { chartsFolder } from '../../components/prometheus-stack/helm';

const project = join(__dirname, '..', '..', '..');

let stacks: JudgedStack[];

beforeAll(async () => {
  stacks = await judgedStacks(stackFilesIn(project), { charts: chartsFolder() });
}, 240_000);

describe("the committed stacks with their charts' objects", () => {
  it('have nothing against them but what is exempted with effect', () => {
    const { standing, faults, withChart } = verdictOn(stacks, policies, exemptions, { committed: true });
    expect(withChart).toBe(true);
    expect(
      standing.map((finding) => `${finding.policy.name}: ${finding.stack}: ${sentence(finding)}`),
    ).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('are judged with the pods of the templates and of the operator', () => {
    const made = (index: number) =>
      workloads(stacks[index]?.chart ?? [])
        .map(({ object }) => object)
        .sort();
    const everywhere = [
      'DaemonSet monitoring-node/kube-prometheus-stack-prometheus-node-exporter',
      'Deployment monitoring/kube-prometheus-stack-kube-state-metrics',
      'Deployment monitoring/kube-prometheus-stack-operator',
      'Job monitoring/kube-prometheus-stack-admission-create',
      'Job monitoring/kube-prometheus-stack-admission-patch',
    ];
    expect(made(0)).toEqual(
      [
        ...everywhere,
        'Alertmanager monitoring/kube-prometheus-stack-alertmanager',
        'Deployment monitoring/kube-prometheus-stack-grafana',
        'Prometheus monitoring/kube-prometheus-stack-prometheus',
      ].sort(),
    );
    expect(made(1)).toEqual(
      [...everywhere, 'PrometheusAgent monitoring/kube-prometheus-stack-prometheus'].sort(),
    );
  });

  it('notice a label that the chart renames', () => {
    const [central] = stacks;
    const chart = structuredClone(central?.chart ?? []).map((object) =>
      objectName(object) === 'Deployment monitoring/kube-prometheus-stack-grafana'
        ? (JSON.parse(
            JSON.stringify(object).replaceAll('"app.kubernetes.io/name":"grafana"', '"name":"grafana"'),
          ) as typeof object)
        : object,
    );
    if (!central) throw new Error('no central stack');
    const { standing } = verdictOn([{ ...central, chart }], policies, exemptions, { committed: false });
    expect(standing.map(({ policy, object }) => `${policy.name}: ${object}`)).toEqual(
      expect.arrayContaining([
        'network-policy-of-pod: Deployment monitoring/kube-prometheus-stack-grafana',
        'network-policy-selects-pods: NetworkPolicy monitoring/grafana',
      ]),
    );
  });
});

it('the record of their pods is what they have (npm run policy -- --chart --record)', () => {
  const recorded = recordOf(stacks.map(({ ours, chart = [] }) => ({ ours, chart })));
  expect(readFileSync(recordPath, 'utf8')).toBe(recordText(recorded));
});
