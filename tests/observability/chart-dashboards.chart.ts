import { chartDashboards } from '../../components/grafana/chart-dashboards';
import { centralValues } from '../../components/prometheus-stack/central-values';
import { centralExample } from '../components/prometheus-stack/example';
import { manifestsOf, type Manifest } from '../components/prometheus-stack/helm';

interface ConfigMap extends Manifest {
  metadata: Manifest['metadata'] & { labels?: Record<string, string>; annotations?: Record<string, string> };
  data?: Record<string, string>;
}

interface Header {
  uid: string;
  title: string;
}

const rendered = (manifestsOf(centralValues(centralExample)) as ConfigMap[]).filter(
  ({ kind, metadata }) => kind === 'ConfigMap' && metadata.labels?.['grafana_dashboard'] === '1',
);

describe('the dashboards of the chart', () => {
  it('are those that ours, and those of teams, must not clash with', () => {
    const found = rendered.map(({ data = {} }) => JSON.parse(Object.values(data)[0] ?? '') as Header);
    expect(Object.fromEntries(found.map(({ uid, title }) => [uid, title]))).toEqual(chartDashboards);
  });

  it('stand in a folder of their own', () => {
    expect([...new Set(rendered.map(({ metadata }) => metadata.annotations?.['grafana_folder']))]).toEqual([
      'kube-prometheus-stack',
    ]);
  });

  it('are none of systems that no node runs', () => {
    const names = rendered.map(({ metadata }) => metadata.name);
    expect(names.filter((name) => /windows|darwin|aix/.test(name))).toEqual([]);
  });
});
