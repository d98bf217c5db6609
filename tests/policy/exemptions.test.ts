import { exemptions } from '../../policy/exemptions';
import { exempt, exemptionFaults, judge, type Exemption } from '../../policy/judge';
import { policies } from '../../policy/list';
import type { Manifest } from '../../policy/manifest';
import { imagePinned } from '../../policy/policies/images';
import { nothingTold } from '../../policy/policy';

const container = (name: string, image: string) => ({ name, image });

const pod: Manifest = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'shop', namespace: 'shop' },
  spec: { containers: [container('shop', 'shop'), container('shop-proxy', 'proxy')] },
};

const exemption: Exemption = {
  policy: 'image-pinned',
  object: 'Pod shop/shop',
  field: 'spec.containers[shop]',
  reason: 'a test',
};

const found = judge([imagePinned], [pod], nothingTold);
const verdict = (...given: Exemption[]) => exempt(found, given);
const faults = (...given: Exemption[]) => exemptionFaults(given, verdict(...given).exempted, policies);

describe('an exemption', () => {
  it('covers its field and what is below, in its object alone', () => {
    expect(found.map(({ field }) => field)).toEqual([
      'spec.containers[shop].image',
      'spec.containers[shop-proxy].image',
    ]);
    expect(verdict(exemption).standing.map(({ field }) => field)).toEqual([
      'spec.containers[shop-proxy].image',
    ]);
    expect(verdict({ ...exemption, object: 'Pod shop/other' }).standing).toHaveLength(2);
    expect(verdict({ ...exemption, policy: 'image-repository' }).standing).toHaveLength(2);
    expect(verdict({ ...exemption, field: 'spec.containers[sho' }).standing).toHaveLength(2);
  });

  it('covers all of its object where it names no field', () => {
    expect(verdict({ ...exemption, field: '' }).standing).toEqual([]);
    expect(faults({ ...exemption, field: '' })).toEqual([]);
  });

  it('without a reason exempts nothing, and says so', () => {
    for (const reason of [
      ' ',
      '\u00a0\u2003',
      '\u200b\u200d\ufeff\u2060',
      '\u00ad\u034f',
      '\u3164\u115f\uffa0',
      '\u2800',
      '… – .',
    ]) {
      expect(verdict({ ...exemption, reason }).standing).toHaveLength(2);
      expect(faults({ ...exemption, reason })).toEqual([
        'exemption of Pod shop/shop spec.containers[shop] from image-pinned: no reason. Write why it cannot be otherwise, and what holds instead.',
      ]);
    }
    expect(faults({ ...exemption, reason: 'その理由' })).toEqual([]);
  });

  it('without effect says so, also where another covers the same before', () => {
    expect(faults({ ...exemption, object: 'Pod shop/other', field: '' })).toEqual([
      'exemption of Pod shop/other from image-pinned: no effect. Nothing there is against the policy: remove it.',
    ]);
    expect(faults(exemption, { ...exemption })).toHaveLength(1);
  });

  it('from a policy that does not exist says which there are', () => {
    expect(faults({ ...exemption, policy: 'images' })).toEqual([
      `exemption of Pod shop/shop spec.containers[shop] from images: no such policy. There are ${policies.map(({ name }) => name).join(', ')}.`,
    ]);
  });
});

it('the exemptions that are made name policies, with reasons of more than a word', () => {
  for (const { policy, reason } of exemptions) {
    expect(policies.map(({ name }) => name)).toContain(policy);
    expect(reason.split(' ').length).toBeGreaterThan(5);
  }
});
