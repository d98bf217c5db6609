import { join } from 'node:path';
import { centralNeeds, edgeNeeds } from '../../capacity/check';
import { centralContainers, edgeContainers, type Sized } from '../../capacity/containers';
import { planOf } from '../../capacity/plan';
import type { Manifest } from '../../policy/manifest';
import { judgedStacks, type JudgedStack } from '../../tools/policy/stacks';
import { stackFilesIn } from '../../tools/render/stack-file';
import { centralConfig, edgeConfig } from '../support/stack-configs';
import { unsized } from './sized';

const invented: Manifest = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'invented', namespace: 'monitoring' },
  spec: { template: { spec: { containers: [{ name: 'invented', image: 'example.org/invented:1' }] } } },
};

describe('every container of ours in the committed stacks', () => {
  let stacks: JudgedStack[];

  beforeAll(async () => {
    stacks = await judgedStacks(stackFilesIn(join(__dirname, '..', '..')), {});
  }, 240_000);

  it('has a sum or a reason', () => {
    expect(stacks.map(({ stack }) => stack)).toContain('cluster-01');
    expect(stacks.flatMap(({ stack, ours }) => unsized(stack, ours))).toEqual([]);
  });

  it('is named where it has none', () => {
    const [central] = stacks;
    expect(unsized('cluster-01', [...(central?.ours ?? []), invented])).toEqual([
      'cluster-01: the container invented has neither a sum nor a reason: add it to capacity/containers.ts',
    ]);
  });
});

describe.each([
  [
    'central',
    centralContainers,
    () => centralConfig(),
    () => centralNeeds(planOf(centralConfig())).filter(({ resource }) => resource === 'memory'),
  ],
  [
    'edge',
    edgeContainers,
    () => edgeConfig(),
    () => edgeNeeds(50_000, planOf(centralConfig())).filter(({ resource }) => resource === 'memory'),
  ],
] as const)('the list of a %s stack', (_, list, config, needs) => {
  const all = Object.values<Sized>(list);

  it('names each sum of memory that preview compares, and no other', () => {
    const named = all.flatMap((sized) => ('sum' in sized ? [sized.sum] : []));
    expect(named.sort()).toEqual(
      needs()
        .map(({ key }) => key)
        .sort(),
    );
  });

  it('names keys that lead to an amount of memory', () => {
    for (const sized of all) {
      const key = 'sum' in sized ? sized.sum : sized.key;
      if (key === undefined) continue;
      const value = key
        .split('.')
        .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], config());
      expect([key, value]).toEqual([key, expect.objectContaining({ bytes: expect.any(Number) as number })]);
    }
  });

  it('gives a reason of a sentence where there is no sum', () => {
    for (const sized of all) if ('reason' in sized) expect(sized.reason).toMatch(/^[A-Z].{20,}\.$/);
  });
});
