import { thanosBucket } from '../../observability/rules/thanos-bucket';
import { ruleFacts } from '../../stacks/rule-facts';
import { centralConfig } from '../support/stack-configs';

describe('an upload is overdue', () => {
  const bounds = (blockDuration: string) => {
    const facts = ruleFacts(
      centralConfig({ 'receive.blockDuration': blockDuration, 'receive.retention': '1d' }),
    );
    const found = thanosBucket(facts).rules.find(
      (rule) => 'alert' in rule && rule.alert === 'ThanosNoUpload',
    );
    return Array.from(
      found?.expr.matchAll(/> (\d{2,})$|offset (\w+)/gm) ?? [],
      ([, s, offset]) => s ?? offset,
    );
  };

  it('after three blocks of two hours, which Prometheus and Ruler have however short those of Receive are', () => {
    expect(bounds('2h')).toEqual(['21600', '21600', '6h']);
    expect(bounds('2m')).toEqual(['21600', '21600', '6h']);
  });
});
