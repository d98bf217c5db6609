import { absent } from '../../../proof/sandbox/absent';
import { answer, edgeQuery } from '../../../proof/sandbox/edge-query';

const placeholders = 'placeholders of sandbox/offline, which only record their values';

describe('what the guide says is absent', () => {
  it('is what a newcomer would look for: containers, the charts’ programs, and the real plugins', () => {
    const text = absent({ clusters: {}, chartsFrom: placeholders }, ['tls', 'minio']).join('\n');
    expect(text).toMatch(/^What is not here:\n/);
    expect(text).toContain('No container runs');
    expect(text).toContain('No Prometheus, Alertmanager or Grafana, and no pod on an edge');
    expect(text).toContain('Provider plugins tls, minio are substitutes');
  });

  it('is only that no container runs, where charts and plugins are real', () => {
    const lines = absent({ clusters: {}, chartsFrom: 'real, from CHART_DIR /charts' }, []);
    expect(lines.join('\n')).toContain('No container runs');
    expect(lines).toHaveLength(4);
  });

  it('is nothing on clusters with nodes, with real charts and plugins', () => {
    expect(absent({ real: {}, clusters: {}, chartsFrom: 'real' }, [])).toEqual([]);
  });
});

describe('the closing query', () => {
  it('counts the targets of the edge that are up, by job', () => {
    expect(edgeQuery('cluster-02')).toBe('count by (job) (up{cluster="cluster-02"} == 1)');
  });

  it('is answered by a line for each job', () => {
    const samples = [
      { metric: { job: 'node-exporter' }, value: [0, '1'] as [number, string] },
      { metric: { job: 'kubelet' }, value: [0, '3'] as [number, string] },
    ];
    expect(answer('query', samples)).toBe('query\n  kubelet        3\n  node-exporter  1');
  });
});
