import { centralValues } from '../../../components/prometheus-stack/central-values';
import { chartViolations } from '../../../checks/charts';
import { exemptions } from '../../../policy/exemptions';
import { exempt, judge, sentence } from '../../../policy/judge';
import type { Manifest } from '../../../policy/manifest';
import { reloaderOf } from '../../../policy/operator';
import { imagePinned, imageRepository } from '../../../policy/policies/images';
import { podRestricted, resourcesBound, rootReadOnly } from '../../../policy/policies/pods';
import { nothingTold } from '../../../policy/policy';
import { repositories } from '../../../tools/policy/facts';
import { edgeValues } from '../../../components/prometheus-stack/edge-values';
import { chartContents, unknownValues } from '../../support/known-values';
import { changes, type Tree } from './changed-leaves';
import { centralExample, edgeExample } from './example';
import { chartsFolder, manifests, rendered as render, stackChart } from './helm';

const chart = stackChart();

const ofPods = [imagePinned, imageRepository, podRestricted, rootReadOnly, resourcesBound];

it('finds the pinned charts', () => {
  expect(chartViolations(chartsFolder())).toEqual([]);
});

describe.each([
  { cluster: 'central', values: centralValues(centralExample) as unknown as Tree },
  { cluster: 'edge', values: edgeValues(edgeExample) as unknown as Tree },
] as const)('the $cluster values on the real chart', ({ cluster, values }) => {
  const rendered = render(values);
  const all = manifests<Manifest>(rendered);

  it('are all known to it', () => {
    expect(unknownValues(values, chartContents(chart, 'kube-prometheus-stack'))).toEqual([]);
  });

  it('each have an effect: another value renders something else', () => {
    const dead = changes(values).filter(({ changed }) => render(changed) === rendered);
    expect(dead.map(({ path }) => path)).toEqual([]);
  }, 600_000);

  it('keep the policies of images and pods, but for what node-exporter needs of its node', () => {
    const facts = { ...nothingTold, repositories, configReloader: reloaderOf(all) };
    const { standing } = exempt(judge(ofPods, all, facts), exemptions);
    expect(standing.map(sentence)).toEqual([]);
  });

  it('make no Secret but the configuration of Alertmanager', () => {
    const secrets = all.filter(({ kind }) => kind === 'Secret').map(({ metadata }) => metadata.name);
    expect(secrets).toEqual(cluster === 'central' ? ['alertmanager-kube-prometheus-stack-alertmanager'] : []);
  });

  it('carry no custom resource definition', () => {
    expect(all.filter(({ kind }) => kind === 'CustomResourceDefinition')).toEqual([]);
  });
});
