import { stringify } from 'yaml';
import { faster, rendered } from '../../../proof/rules/alertmanager/running';

describe('the Alertmanager of npm run rules', () => {
  it('gets what a stack file may say, with beats a fifth as long', async () => {
    const { config } = await rendered();
    const text = faster(stringify(config));
    expect(text.match(/(group|repeat)_interval: \S+/g)).toEqual([
      'group_interval: 3s',
      'repeat_interval: 12h',
      'group_interval: 6s',
      'repeat_interval: 5s',
    ]);
  });

  it('says when the configuration beats otherwise than it expects', () => {
    expect(() => faster('group_interval: 1m')).toThrow('the configuration has no group_interval: 30s');
  });
});
