import { keptLabels, ownLabels, scrapeClass } from '../../../components/prometheus-stack/application-labels';
import { centralValues } from '../../../components/prometheus-stack/central-values';
import { edgeValues } from '../../../components/prometheus-stack/edge-values';
import { tenantLabel } from '../../../components/thanos/receive-ingestor';
import { replicaLabels } from '../../../components/thanos/roles';
import { centralExample, edgeExample } from './example';

const central = centralValues(centralExample).prometheus.prometheusSpec;
const edge = edgeValues(edgeExample).prometheus.prometheusSpec;

describe('the labels that the way of a sample uses itself', () => {
  it('are these', () => {
    expect(ownLabels).toEqual([
      'cluster',
      'environment',
      'prometheus',
      'prometheus_replica',
      'receive_replica',
      'ruler_replica',
      'thanos_ruler_replica',
    ]);
  });

  it("are all that Receive, Query and an external label take: the tenant's, the replicas', and who it is from", () => {
    const used = [
      tenantLabel,
      ...replicaLabels,
      ...[central, edge].flatMap((spec) => [
        ...Object.keys(spec.externalLabels),
        spec.replicaExternalLabelName,
      ]),
    ];
    expect(used.filter((label) => !ownLabels.includes(label))).toEqual([]);
  });
});

describe('labels of an application with such a name', () => {
  const all =
    '(cluster|environment|prometheus|prometheus_replica|receive_replica|ruler_replica|thanos_ruler_replica)';

  it('are kept as exported_…, and then dropped', () => {
    expect(keptLabels.slice(-2)).toEqual([
      { action: 'labelmap', regex: all, replacement: 'exported_$1' },
      { action: 'labeldrop', regex: all },
    ]);
  });

  it('make room first for one that is called exported_… already, where the series has both', () => {
    expect(keptLabels.slice(0, -2)).toHaveLength(ownLabels.length);
    expect(keptLabels[0]).toEqual({
      action: 'replace',
      sourceLabels: ['cluster', 'exported_cluster'],
      separator: ';',
      regex: '.+;(.+)',
      targetLabel: 'exported_exported_cluster',
      replacement: '$1',
    });
  });

  it('are kept in every scrape, of targets and of samples, at the centre and on an edge', () => {
    expect(scrapeClass).toEqual({
      name: 'application-labels',
      default: true,
      relabelings: keptLabels,
      metricRelabelings: keptLabels,
    });
    expect([central.scrapeClasses, edge.scrapeClasses]).toEqual([[scrapeClass], [scrapeClass]]);
  });
});
