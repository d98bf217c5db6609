import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chartViolations } from '../../checks/charts';
import { charts } from '../../versions';
import { archiveOf } from '../components/prometheus-stack/archive';

const stackVersion = charts.kubePrometheusStack;
const crdsVersion = charts.prometheusOperatorCrds;
const registry = 'oci://ghcr.io/prometheus-community/charts';

describe('a folder of archives', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'charts-'));
    put('kube-prometheus-stack', stackVersion, { version: stackVersion });
    put('prometheus-operator-crds', crdsVersion, { version: crdsVersion });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const path = (name: string, version: string) => join(folder, `${name}-${version}.tgz`);
  const put = (name: string, fileVersion: string, chart: { name?: string; version: string }) => {
    const text = `apiVersion: v2\nname: ${chart.name ?? name}\nversion: "${chart.version}" # pinned\nappVersion: 9.9.9\n`;
    writeFileSync(
      path(name, fileVersion),
      archiveOf({ [`${name}/values.yaml`]: 'a: 1\n', [`${name}/Chart.yaml`]: text }),
    );
  };
  const pull = () =>
    `Run: helm pull ${registry}/kube-prometheus-stack --version ${stackVersion} --destination ${folder}`;

  it('is accepted with both charts in the pinned versions', () => {
    expect(chartViolations(folder)).toEqual([]);
  });

  it('is not asked for when the registry serves', () => {
    expect(chartViolations(undefined)).toEqual([]);
  });

  it('is refused with a chart of another version, naming file, found, pinned and what to do', () => {
    put('kube-prometheus-stack', stackVersion, { version: '60.0.0' });
    expect(chartViolations(folder)).toEqual([
      {
        key: 'charts.directory',
        found: `${path('kube-prometheus-stack', stackVersion)}, which holds kube-prometheus-stack 60.0.0`,
        allowed: `an archive of kube-prometheus-stack ${stackVersion}`,
        fix: `${pull()}; or, to use that version, set it in versions.ts and run: npm run check:chart`,
      },
    ]);
  });

  it('is refused with another chart under the right name', () => {
    put('kube-prometheus-stack', stackVersion, { name: 'grafana', version: stackVersion });
    expect(chartViolations(folder)[0]?.found).toBe(
      `${path('kube-prometheus-stack', stackVersion)}, which holds grafana ${stackVersion}`,
    );
  });

  it('is refused without a chart', () => {
    rmSync(path('kube-prometheus-stack', stackVersion));
    expect(chartViolations(folder)).toEqual([
      {
        key: 'charts.directory',
        found: `${path('kube-prometheus-stack', stackVersion)}, which does not exist`,
        allowed: `an archive of kube-prometheus-stack ${stackVersion}`,
        fix: pull(),
      },
    ]);
  });

  it.each([
    ['a text', Buffer.from('not found'), 'incorrect header check'],
    ['an empty archive', archiveOf({}), 'no kube-prometheus-stack/Chart.yaml in it'],
    [
      'a chart without a version',
      archiveOf({ 'kube-prometheus-stack/Chart.yaml': 'name: kube-prometheus-stack\n' }),
      'no name or version in its Chart.yaml',
    ],
  ])('is refused with %s instead of a chart', (_, content, reason) => {
    writeFileSync(path('kube-prometheus-stack', stackVersion), content);
    expect(chartViolations(folder)[0]?.found).toBe(
      `${path('kube-prometheus-stack', stackVersion)}, which is no chart archive (${reason})`,
    );
  });

  it('names all that is wrong at once', () => {
    rmSync(path('kube-prometheus-stack', stackVersion));
    rmSync(path('prometheus-operator-crds', crdsVersion));
    expect(chartViolations(folder)).toHaveLength(2);
  });
});
