import { e2eCommand, type Arguments } from '../../../proof/e2e/arguments';

const env = { MINIO_ENDPOINT: 'https://192.0.2.1:9000', MINIO_ROOT_USER: 'u', MINIO_ROOT_PASSWORD: 'p' };

/** What the checks are run with. @throws what is said of wrong arguments */
function parse(...flags: string[]): Arguments {
  const found: Arguments[] = [];
  e2eCommand(env, (args) => void found.push(args))
    .configureOutput({ writeErr: () => undefined })
    .parse(['--central', 'a', '--edge=b', ...flags], { from: 'user' });
  const [args] = found;
  if (!args) throw new Error('the action was not called');
  return args;
}

describe('the command line of e2e', () => {
  it('names two clusters and a MinIO server; everything is deployed, checked and kept by default', () => {
    expect(parse()).toEqual({
      central: 'a',
      edge: 'b',
      objectStore: { endpoint: '192.0.2.1:9000', insecure: false, user: 'u', password: 'p' },
      ingressClass: undefined,
      storageClass: undefined,
      domain: undefined,
      afterwards: 'keep',
      only: 'all',
    });
  });

  it.each([
    [['--checks-only'], { only: 'checks', afterwards: 'keep' }],
    [['--checks-only', '--down-afterwards'], { only: 'checks', afterwards: 'down' }],
    [['--down'], { only: 'down', afterwards: 'keep' }],
    [
      ['--storage-class', 'fast', '--ingress-class=nginx', '--domain', 'example.org'],
      { storageClass: 'fast', ingressClass: 'nginx', domain: 'example.org' },
    ],
  ])('takes %j', (flags, expected) => {
    expect(parse(...flags)).toMatchObject(expected);
  });

  it.each(['--checks-only', '--down-afterwards'])('refuses --down with %s', (flag) => {
    expect(() => parse('--down', flag)).toThrow(`option '--down' cannot be used with option '${flag}'`);
  });
});
