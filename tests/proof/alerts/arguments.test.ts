import { alertsCommand, type Arguments } from '../../../proof/alerts/arguments';

const env = { MINIO_ENDPOINT: 'http://192.0.2.1:9000', MINIO_ROOT_USER: 'u', MINIO_ROOT_PASSWORD: 'p' };
const clusters = ['--central', 'a', '--edge', 'b'];

/** What the command is run with. @throws what is said of wrong arguments */
function parse(argv: readonly string[]): Arguments {
  const found: Arguments[] = [];
  alertsCommand(['edge-silent', 'bucket-away'], env, (args) => void found.push(args))
    .configureOutput({ writeErr: () => undefined })
    .parse(argv, { from: 'user' });
  const [args] = found;
  if (!args) throw new Error('the action was not called');
  return args;
}

it('needs an address of this machine; all faults by default', () => {
  expect(parse([...clusters, '--address', '192.0.2.7'])).toMatchObject({
    address: '192.0.2.7',
    only: undefined,
    atOnce: false,
    clusters: { central: 'a', edge: 'b' },
  });
  expect(() => parse(clusters)).toThrow('missing: --address');
});

it('takes some faults, and no others than there are', () => {
  const argv = [...clusters, '--address', '192.0.2.7', '--only'];
  expect(parse([...argv, 'bucket-away']).only).toEqual(['bucket-away']);
  expect(() => parse([...argv, 'flood'])).toThrow('There is no flood, only edge-silent, bucket-away.');
});

it('leaves a healthy fleet alone for a time, and makes no fault then', () => {
  const argv = [...clusters, '--address', '192.0.2.7', '--healthy'];
  expect(parse([...argv, '1h']).healthy?.seconds).toBe(3600);
  expect(() => parse([...argv, '1h', '--only', 'edge-silent'])).toThrow('--healthy makes no fault');
  expect(() => parse([...argv, '1h', '--at-once'])).toThrow('--healthy makes no fault');
});
