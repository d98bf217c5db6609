import { missingOfChart } from '../../../tools/keep-list/deployed';

const object = (labels?: Record<string, string>) => ({
  metadata: { name: 'a', namespace: 'monitoring', ...(labels && { labels }) },
});
const ofChart = object({ 'app.kubernetes.io/part-of': 'kube-prometheus-stack' });
const ofOthers = [object(), object({ 'app.kubernetes.io/part-of': 'shop' })];

describe('what a cluster lacks of a deployed centre', () => {
  it.each([
    ['nothing, with rules and dashboards of the chart', [...ofOthers, ofChart], [ofChart], []],
    ['both, where there is nothing', [], [], ['PrometheusRules', 'dashboards']],
    ['the rules, whatever others there are', ofOthers, [ofChart], ['PrometheusRules']],
    ['the dashboards, whatever others there are', [ofChart], ofOthers, ['dashboards']],
  ])('is %s', (_, rules, dashboards, missing) => {
    expect(missingOfChart(rules, dashboards)).toEqual(missing);
  });
});
