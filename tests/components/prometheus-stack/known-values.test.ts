import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chartContents, unknownValues } from '../../support/known-values';
import { archiveOf } from './archive';

const folder = mkdtempSync(join(tmpdir(), 'chart-'));
const file = join(folder, 'stack.tgz');
writeFileSync(
  file,
  archiveOf({
    'stack/Chart.yaml': 'name: stack\n',
    'stack/values.yaml': [
      'prometheus: {replicas: 1, annotations: {}, image: {tag: v1}, storage: null}',
      'grafana: {enabled: true, persistence: {enabled: false}}',
    ].join('\n'),
    'stack/templates/prometheus.yaml': 'name: {{ .Values.prometheus.legacyName }}',
    'stack/charts/grafana/values.yaml': 'persistence: {size: 1Gi}\nsecurityContext: {runAsUser: 472}\n',
    'stack/charts/grafana/templates/pvc.yaml':
      '{{ with .Values.persistence.storageClassName }}{{ . }}{{ end }}',
  }),
);
const contents = chartContents(file, 'stack');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('values that a chart does not know', () => {
  it('are none where values.yaml has them', () => {
    expect(unknownValues({ prometheus: { replicas: 2, image: { tag: 'v2' } } }, contents)).toEqual([]);
  });

  it('are found at every depth', () => {
    const values = { prometheus: { replica: 2, image: { tags: 'v2' } }, prometeus: { replicas: 2 } };
    expect(unknownValues(values, contents)).toEqual([
      'prometheus.replica',
      'prometheus.image.tags',
      'prometeus',
    ]);
  });

  it('are none below an empty map or an unset value, whose keys are free', () => {
    expect(unknownValues({ prometheus: { annotations: { a: 'b' }, storage: { c: 'd' } } }, contents)).toEqual(
      [],
    );
  });

  it('are none in a subchart, whose defaults the parent completes', () => {
    expect(
      unknownValues({ grafana: { enabled: true, persistence: { enabled: true, size: '2Gi' } } }, contents),
    ).toEqual([]);
  });

  it('are none where a template reads what values.yaml only mentions', () => {
    expect(
      unknownValues(
        { prometheus: { legacyName: 'x' }, grafana: { persistence: { storageClassName: 'longhorn' } } },
        contents,
      ),
    ).toEqual([]);
  });

  it('include a near miss of such a value', () => {
    expect(unknownValues({ grafana: { persistence: { storageClass: 'longhorn' } } }, contents)).toEqual([
      'grafana.persistence.storageClass',
    ]);
  });

  it('are none in a map that the chart passes on to Kubernetes', () => {
    expect(unknownValues({ grafana: { securityContext: { fsGroup: 472 } } }, contents)).toEqual([]);
  });
});
