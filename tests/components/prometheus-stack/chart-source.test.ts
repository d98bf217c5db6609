import { chartDirectory, chartSource } from '../../../components/prometheus-stack/chart-source';
import { charts } from '../../../versions';

const stackVersion = charts.kubePrometheusStack;
const crdsVersion = charts.prometheusOperatorCrds;
const registry = 'oci://ghcr.io/prometheus-community/charts';

describe('where a chart comes from', () => {
  it('is the public registry by default', () => {
    expect(chartSource('kube-prometheus-stack', undefined)).toEqual({
      chart: `${registry}/kube-prometheus-stack`,
      version: stackVersion,
    });
  });

  it('is an archive when a folder is named', () => {
    expect(chartSource('prometheus-operator-crds', 'charts')).toEqual({
      chart: `charts/prometheus-operator-crds-${crdsVersion}.tgz`,
      version: crdsVersion,
    });
  });

  it.each([
    [{ directory: 'here' }, { CHART_DIR: 'there' }, 'here'],
    [{}, { CHART_DIR: 'there' }, 'there'],
    [{}, { CHART_DIR: '' }, undefined],
    [{}, {}, undefined],
  ])('with %j and %j is %j', (config, environment, expected) => {
    expect(chartDirectory(config, environment)).toBe(expected);
  });
});
