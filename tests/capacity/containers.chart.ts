import { join } from 'node:path';
import { centralContainers, edgeContainers } from '../../capacity/containers';
import { judgedStacks } from '../../tools/policy/stacks';
import { stackFilesIn } from '../../tools/render/stack-file';
import { chartsFolder } from '../components/prometheus-stack/helm';
import { containerNames, unsized } from './sized';

it("every container of the committed stacks and their charts has a sum or a reason, and none is listed that isn't there", async () => {
  const files = stackFilesIn(join(__dirname, '..', '..'));
  const stacks = await judgedStacks(files, { charts: chartsFolder() });
  const all = stacks.map(({ stack, ours, chart = [] }) => ({ stack, manifests: [...ours, ...chart] }));
  expect(all.flatMap(({ stack, manifests }) => unsized(stack, manifests))).toEqual([]);
  const [central, edge] = all.map(({ manifests }) => containerNames(manifests).sort());
  expect(central).toEqual(Object.keys(centralContainers).sort());
  expect(edge).toEqual(Object.keys(edgeContainers).sort());
}, 240_000);
