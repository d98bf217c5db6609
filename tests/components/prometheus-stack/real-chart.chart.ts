import { centralValues } from '../../../components/prometheus-stack/central-values';
import { chartViolations } from '../../../checks/charts';
import { edgeValues } from '../../../components/prometheus-stack/edge-values';
import { chartContents, unknownValues } from '../../support/known-values';
import { changes, type Tree } from './changed-leaves';
import { centralExample, edgeExample } from './example';
import { chartsFolder, manifests, rendered as render, stackChart, type Manifest } from './helm';

const chart = stackChart();

interface Container {
  name: string;
  image: string;
  resources?: { requests?: object; limits?: object };
  securityContext?: Tree;
}

interface ChartObject extends Manifest {
  data?: object;
  spec?: { template?: { spec?: { containers: Container[]; initContainers?: Container[] } & Tree } };
}

const containers = (all: ChartObject[]) =>
  all.flatMap(({ metadata, spec }) => {
    const pod = spec?.template?.spec;
    return (pod ? [...(pod.initContainers ?? []), ...pod.containers] : []).map((container) => ({
      pod: metadata.name,
      podSecurity: pod?.['securityContext'] as Tree | undefined,
      container,
    }));
  });

it('finds the pinned charts', () => {
  expect(chartViolations(chartsFolder())).toEqual([]);
});

describe.each([
  { cluster: 'central', values: centralValues(centralExample) as unknown as Tree },
  { cluster: 'edge', values: edgeValues(edgeExample) as unknown as Tree },
] as const)('the $cluster values on the real chart', ({ cluster, values }) => {
  const rendered = render(values);
  const all = manifests<ChartObject>(rendered);

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
