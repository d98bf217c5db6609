import { comparison } from '../../../tools/diff/comparison';

const saved = (stack: string) => ({
  base: { name: 'main', commit: 'abc' },
  stacks: [{ stack, after: { text: '' } }],
});

describe('what a pull request of a fork may say of its stacks', () => {
  it('is names of stack files alone: a | would end the code around it in a table', () => {
    expect(comparison.safeParse(saved('cluster-01')).success).toBe(true);
    for (const name of ['x | @octocat | y', 'x`y', 'x\ny', '', 'a'.repeat(101)]) {
      expect(comparison.safeParse(saved(name)).success).toBe(false);
    }
  });

  it('is at least one stack, each once and with a text, or it would say that nothing changes', () => {
    const { base, stacks } = saved('cluster-01');
    for (const bad of [[], [...stacks, ...stacks], [{ stack: 'cluster-01' }]]) {
      expect(comparison.safeParse({ base, stacks: bad }).success).toBe(false);
    }
  });
});
