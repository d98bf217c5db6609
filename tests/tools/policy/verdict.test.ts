import type { OwnedExemption } from '../../../policy/exemptions';
import { policies } from '../../../policy/list';
import { verdictOn } from '../../../tools/policy/verdict';

const exemption: OwnedExemption = {
  of: 'chart',
  policy: 'image-pinned',
  object: 'Pod shop/shop',
  field: '',
  reason: 'a test',
};
const faults = (changes: Partial<OwnedExemption>, committed = true) =>
  verdictOn([], policies, [{ ...exemption, ...changes }], { committed }).faults;

describe("an exemption of a chart's object, where the charts are not at hand", () => {
  it('need not have an effect', () => {
    expect(faults({})).toEqual([]);
  });

  it.each([true, false])('is of a policy that there is, and has a reason (all stacks: %s)', (committed) => {
    expect(faults({ policy: 'image-pined' }, committed)).toEqual([
      expect.stringMatching(
        /^exemption of Pod shop\/shop from image-pined: no such policy\. There are image-pinned, /,
      ),
    ]);
    expect(faults({ reason: '\u200b' }, committed)).toEqual([
      'exemption of Pod shop/shop from image-pinned: no reason. Write why it cannot be otherwise, and what holds instead.',
    ]);
  });

  it('of ours must have an effect', () => {
    expect(faults({ of: 'ours' })).toEqual([
      'exemption of Pod shop/shop from image-pinned: no effect. Nothing there is against the policy: remove it.',
    ]);
  });
});
