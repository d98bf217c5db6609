import { administrator } from '../../stacks/central-secrets';
import { run } from '../../tools/render/run';

describe("MinIO's administrator", () => {
  it('has its user and its password of the encrypted configuration, and both stay secret', async () => {
    const values = {
      'monitoring:objectStoreUser': 'root-of-a-test',
      'monitoring:objectStorePassword': 'password-of-a-test',
    };
    const { outputs } = await run({
      project: 'monitoring',
      stack: 'cluster-01',
      values,
      secretKeys: Object.keys(values),
      program: () => {
        const { user, password } = administrator();
        return { user, password };
      },
    });
    expect(outputs).toEqual({
      value: { user: 'root-of-a-test', password: 'password-of-a-test' },
      secretPaths: [['password'], ['user']],
    });
  });
});
