import { stringify } from 'yaml';
import { ruleFiles } from '../../../proof/lab/rule-files';

const rule = (name: string, labels?: Record<string, string>) => ({
  kind: 'PrometheusRule',
  metadata: { name, ...(labels && { labels }) },
  spec: {
    groups: [
      {
        name,
        rules: [
          { alert: 'A', expr: 'up == 0' },
          { record: 'a:b', expr: 1 },
        ],
      },
    ],
  },
});

const ofPrometheus = rule('thanos', { 'evaluated-by': 'prometheus' });

describe('the rules that a Ruler of the lab evaluates', () => {
  it('are those of a list of kubectl, without those of Prometheus', () => {
    const list = { kind: 'List', items: [rule('edges', { 'evaluated-by': 'ruler' }), ofPrometheus] };
    const { files, expressions, rules, records } = ruleFiles(JSON.stringify(list));
    expect(Object.keys(files)).toEqual(['edges.yaml']);
    expect(files['edges.yaml']).toBe(stringify({ groups: rule('edges').spec.groups }));
    expect({ expressions, rules, records }).toEqual({ expressions: ['up == 0', '1'], rules: 2, records: 1 });
  });

  it('are those among the manifests of helm', () => {
    const text = [{ kind: 'Service', metadata: { name: 'a' } }, rule('chart'), ofPrometheus]
      .map((object) => stringify(object))
      .join('---\n');
    expect(Object.keys(ruleFiles(`---\n${text}---\n`).files)).toEqual(['chart.yaml']);
  });

  it('are asked for where there are none: nothing would be measured', () => {
    expect(() => ruleFiles(stringify(ofPrometheus))).toThrow('there is no PrometheusRule of the Ruler in it');
  });
});
