import { execFileSync } from 'node:child_process';
import { parseAllDocuments } from 'yaml';
import { centralValues } from '../../../components/prometheus-stack/central-values';
import { chartDirectory, chartSource } from '../../../components/prometheus-stack/chart-source';
import { chartViolations } from '../../../checks/charts';
import { edgeValues } from '../../../components/prometheus-stack/edge-values';
import { chartContents, unknownValues } from '../../support/known-values';
import { changes, type Tree } from './changed-leaves';
import { centralExample, edgeExample } from './example';

const directory = chartDirectory({}, process.env);
if (directory === undefined) {
  throw new Error('Set CHART_DIR to a folder with the pinned charts (helm pull), and have helm on PATH.');
}
const { chart } = chartSource('kube-prometheus-stack', directory);

/** The manifests that Helm makes of values; the reason, if it refuses them. */
function render(values: object): string {
  try {
    return execFileSync(
      'helm',
      ['template', 'kube-prometheus-stack', chart, '--include-crds', '-n', 'monitoring', '-f', '-'],
      {
        input: JSON.stringify(values),
        encoding: 'utf8',
        maxBuffer: 64 * 2 ** 20,
        stdio: ['pipe', 'pipe', 'pipe'],
      },
    );
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: string };
    if (code === 'ENOENT') throw new Error('helm is not on PATH.');
    return `refused: ${stderr ?? ''}`;
  }
}

interface Container {
  name: string;
  image: string;
  resources?: { requests?: object; limits?: object };
  securityContext?: Tree;
}

interface Manifest {
  kind: string;
  metadata: { name: string; namespace?: string };
  data?: object;
  spec?: { template?: { spec?: { containers: Container[]; initContainers?: Container[] } & Tree } };
}

const manifests = (text: string) =>
  parseAllDocuments(text).flatMap((document) => (document.toJS() as Manifest | null) ?? []);

const containers = (all: Manifest[]) =>
  all.flatMap(({ metadata, spec }) => {
    const pod = spec?.template?.spec;
    return (pod ? [...(pod.initContainers ?? []), ...pod.containers] : []).map((container) => ({
      pod: metadata.name,
      podSecurity: pod?.['securityContext'] as Tree | undefined,
      container,
    }));
  });

it('finds the pinned charts', () => {
  expect(chartViolations(directory)).toEqual([]);
});

describe.each([
  { cluster: 'central', values: centralValues(centralExample) as unknown as Tree },
  { cluster: 'edge', values: edgeValues(edgeExample) as unknown as Tree },
] as const)('the $cluster values on the real chart', ({ cluster, values }) => {
  const rendered = render(values);
  const all = manifests(rendered);

  it('are all known to it', () => {
    expect(unknownValues(values, chartContents(chart, 'kube-prometheus-stack'))).toEqual([]);
  });

  it('each have an effect: another value renders something else', () => {
    const dead = changes(values).filter(({ changed }) => render(changed) === rendered);
    expect(dead.map(({ path }) => path)).toEqual([]);
  }, 600_000);

  it('pin the image and bound the resources of every container', () => {
    const bad = containers(all).filter(
      ({ container: { image, resources } }) =>
        !/:v?\d[\w.-]*$/.test(image) || !resources?.requests || !resources.limits,
    );
    expect(bad).toEqual([]);
  });

  it('make every container read-only, unprivileged and without capabilities', () => {
    const bad = containers(all).filter(({ container: { securityContext: own }, podSecurity }) => {
      const seccomp = (own?.['seccompProfile'] ?? podSecurity?.['seccompProfile']) as Tree | undefined;
      return !(
        own?.['readOnlyRootFilesystem'] === true &&
        own['allowPrivilegeEscalation'] === false &&
        JSON.stringify(own['capabilities']) === '{"drop":["ALL"]}' &&
        podSecurity?.['runAsNonRoot'] === true &&
        seccomp?.['type'] === 'RuntimeDefault'
      );
    });
    expect(bad).toEqual([]);
  });

  it('put node-exporter alone on the host', () => {
    const onHost = all.filter(({ spec }) =>
      ['hostNetwork', 'hostPID', 'hostIPC'].some((field) => spec?.template?.spec?.[field] === true),
    );
    expect(onHost.map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`)).toEqual([
      'monitoring-node/kube-prometheus-stack-prometheus-node-exporter',
    ]);
  });

  it('make no Secret but the configuration of Alertmanager', () => {
    const secrets = all.filter(({ kind }) => kind === 'Secret').map(({ metadata }) => metadata.name);
    expect(secrets).toEqual(cluster === 'central' ? ['alertmanager-kube-prometheus-stack-alertmanager'] : []);
  });

  it('carry no custom resource definition', () => {
    expect(all.filter(({ kind }) => kind === 'CustomResourceDefinition')).toEqual([]);
  });
});
