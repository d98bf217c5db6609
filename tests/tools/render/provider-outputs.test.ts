import { providerOutputs } from '../../../tools/render/provider-outputs';

const outputs = (type: string, inputs: object) => providerOutputs({ type, name: 'x', inputs, custom: true });

describe('the outputs of a resource', () => {
  it('hold its inputs', () => {
    expect(outputs('kubernetes:core/v1:Secret', { metadata: { name: 'a', namespace: 'b' } })).toEqual({
      id: 'b/a',
      state: { metadata: { name: 'a', namespace: 'b' } },
    });
  });

  it('hold a password of the length asked for', () => {
    const { state } = outputs('random:index/randomPassword:RandomPassword', { length: 40 });
    expect(state).toEqual({
      length: 40,
      result: expect.stringMatching(/^[a-zA-Z0-9]{40}$/) as string,
      bcryptHash: expect.stringMatching(/^\$2a\$10\$.{53}$/) as string,
    });
  });

  it('hold a PEM that says what it stands for', () => {
    expect(outputs('tls:index/selfSignedCert:SelfSignedCert', {}).state['certPem']).toBe(
      '-----BEGIN CERTIFICATE-----\ncertificate of x\n-----END CERTIFICATE-----\n',
    );
  });

  it('are not guessed for a type of another provider', () => {
    expect(() => outputs('aws:s3/bucket:Bucket', {})).toThrow(
      'render knows no outputs of aws:s3/bucket:Bucket: add them to tools/render/provider-outputs.ts',
    );
  });

  it('of a component are its inputs, and it has no id', () => {
    expect(providerOutputs({ type: 'monitoring:x:Y', name: 'y', inputs: {}, custom: false })).toEqual({
      id: undefined,
      state: {},
    });
  });
});
