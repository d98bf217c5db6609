import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { centralValues } from '../../components/prometheus-stack/central-values';
import { centralExample } from '../components/prometheus-stack/example';
import { manifestsOf, type Manifest } from '../components/prometheus-stack/helm';

interface ConfigMap extends Manifest {
  metadata: Manifest['metadata'] & { labels?: Record<string, string>; annotations?: Record<string, string> };
  data?: Record<string, string>;
}

const rendered = (manifestsOf(centralValues(centralExample)) as ConfigMap[]).filter(
  ({ kind, metadata }) => kind === 'ConfigMap' && metadata.labels?.['grafana_dashboard'] === '1',
);

describe('the dashboards of the chart', () => {
  it('are those of tests/observability/chart-dashboards.tsv, which ours must not clash with', () => {
    const listed = readFileSync(join(__dirname, 'chart-dashboards.tsv'), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    const found = rendered.map(({ metadata, data = {} }) => {
      const { uid, title } = JSON.parse(Object.values(data)[0] ?? '') as { uid: string; title: string };
      return [metadata.name, uid, title].join('\t');
    });
    expect(found.sort()).toEqual(listed.sort());
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
