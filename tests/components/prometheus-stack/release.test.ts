import { centralValues } from '../../../components/prometheus-stack/central-values';
import { chartSource } from '../../../components/prometheus-stack/chart-source';
import { OperatorCrds } from '../../../components/prometheus-stack/crds';
import { edgeValues } from '../../../components/prometheus-stack/edge-values';
import { PrometheusAgent, PrometheusStack } from '../../../components/prometheus-stack/release';
import { register } from '../../support/mocks';
import { centralExample, edgeExample } from './example';

const release = 'kubernetes:helm.sh/v3:Release';
const namespace = 'monitoring';

describe('the release of the operator’s CRDs', () => {
  const crds = () => {
    new OperatorCrds('crds', { namespace, chart: chartSource('prometheus-operator-crds', undefined) }, {});
  };

  it('keeps them when it goes, and few revisions', async () => {
    expect((await register(crds)).inputs(release)).toEqual({
      name: 'prometheus-operator-crds',
      namespace: 'monitoring',
      chart: 'oci://ghcr.io/prometheus-community/charts/prometheus-operator-crds',
      version: '31.0.1',
      values: { crds: { annotations: { 'helm.sh/resource-policy': 'keep' } } },
      maxHistory: 2,
      compat: 'true',
    });
  });
});

describe('the release of kube-prometheus-stack', () => {
  const chart = chartSource('kube-prometheus-stack', undefined);

  it('waits, leaves the CRDs alone, and stays as it is when it fails, so that the next run upgrades it', async () => {
    const registered = await register(() => {
      new PrometheusStack('stack', { namespace, chart, values: centralValues(centralExample) }, {});
    });
    const { values, ...rest } = registered.inputs(release) as Record<string, unknown>;
    expect(values).toEqual(centralValues(centralExample));
    expect(rest).toEqual({
      name: 'kube-prometheus-stack',
      namespace: 'monitoring',
      chart: 'oci://ghcr.io/prometheus-community/charts/kube-prometheus-stack',
      version: '88.5.3',
      skipCrds: true,
      skipAwait: false,
      timeout: 900,
      maxHistory: 3,
      compat: 'true',
    });
  });

  it('is the same on an edge, with the agent’s values', async () => {
    const registered = await register(() => {
      new PrometheusAgent('agent', { namespace, chart, values: edgeValues(edgeExample) }, {});
    });
    expect(registered.inputs(release)).toMatchObject({
      name: 'kube-prometheus-stack',
      values: edgeValues(edgeExample),
    });
  });
});
