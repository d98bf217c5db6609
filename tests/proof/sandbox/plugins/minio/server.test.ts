import { checkConfig, serverOf } from '../../../../../proof/sandbox/plugins/minio/server';

const minimalConfig = { minioServer: '127.0.0.1:9000', minioUser: 'root', minioPassword: 'secret' };

describe('the configuration of the minio provider', () => {
  it('reads booleans from strings and defaults the region', () => {
    expect(serverOf({ ...minimalConfig, minioSsl: 'true' }, {})).toEqual({
      endpoint: '127.0.0.1:9000',
      user: 'root',
      password: 'secret',
      region: 'us-east-1',
      tls: true,
      insecure: false,
    });
  });

  it('takes what is missing from the environment', () => {
    const env = {
      MINIO_ENDPOINT: 's3:9000',
      MINIO_USER: 'u',
      MINIO_PASSWORD: 'p',
      MINIO_ENABLE_HTTPS: 'true',
    };
    expect(serverOf({}, env)).toMatchObject({ endpoint: 's3:9000', user: 'u', password: 'p', tls: true });
    expect(serverOf(minimalConfig, env).endpoint).toBe('127.0.0.1:9000');
  });

  it.each([
    ['no server', {}, "Missing required property 'minioServer': Minio Host and Port"],
    [
      'an argument it would ignore',
      { ...minimalConfig, minioCacertFile: 'ca.pem' },
      "the sandbox's minio plugin does not act on minioCacertFile; install the real one",
    ],
    [
      'a password that mc would split',
      { ...minimalConfig, minioPassword: 'a:b' },
      "the sandbox's minio plugin cannot pass on a minioUser or minioPassword with a colon",
    ],
  ])('refuses %s', (_what, config, text) => {
    expect(checkConfig(config, {})).toEqual([text]);
  });

  it('accepts what the SDK sends', () => {
    expect(
      checkConfig({ ...minimalConfig, minioSsl: 'false', version: '0.17.1', minioInsecure: null }, {}),
    ).toEqual([]);
  });
});
