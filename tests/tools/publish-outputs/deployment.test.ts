import { outputsOnly } from '../../../tools/publish-outputs/deployment';
import { plain, secret } from './outputs';

const provider = { type: 'passphrase', state: { salt: 'v1:salt' } };
const before = { version: 3, deployment: { manifest: { time: 'now' }, secrets_providers: provider } };

describe('the state of a stack of outputs', () => {
  it('records no secrets provider where there is no secret, so that nobody needs a key', () => {
    const target = { project: 'monitoring-public', stack: 'cluster-01' };
    expect(outputsOnly(target, before, { plain, secret: {} })).toEqual({
      version: 3,
      deployment: {
        manifest: { time: 'now' },
        resources: [
          {
            urn: 'urn:pulumi:cluster-01::monitoring-public::pulumi:pulumi:Stack::monitoring-public-cluster-01',
            custom: false,
            type: 'pulumi:pulumi:Stack',
            outputs: plain,
          },
        ],
      },
    });
  });

  it('keeps the provider of the stack where there is one, and marks it for encryption', () => {
    const { edgeCredentials } = secret;
    const target = { project: 'monitoring-edge-cluster-02', stack: 'cluster-01' };
    const { deployment } = outputsOnly(target, before, { plain, secret: { edgeCredentials } });
    expect(deployment.secrets_providers).toEqual(provider);
    expect(deployment.resources).toEqual([
      expect.objectContaining({
        outputs: {
          ...plain,
          edgeCredentials: {
            '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
            plaintext: JSON.stringify(edgeCredentials),
          },
        },
      }),
    ]);
  });
});
