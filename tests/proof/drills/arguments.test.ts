import { drillsCommand, type Arguments } from '../../../proof/drills/arguments';

const env = { MINIO_ENDPOINT: 'http://192.0.2.1:9000', MINIO_ROOT_USER: 'u', MINIO_ROOT_PASSWORD: 'p' };
const clusters = ['--central', 'a', '--edge', 'b'];
const names = ['outage', 'scale'];

/** What the drills are run with. @throws what is said of wrong arguments */
function parse(argv: readonly string[], environment: NodeJS.ProcessEnv, known: readonly string[]): Arguments {
  const found: Arguments[] = [];
  drillsCommand(known, environment, (args) => void found.push(args))
    .configureOutput({ writeErr: () => undefined })
    .parse(argv, { from: 'user' });
  const [args] = found;
  if (!args) throw new Error('the action was not called');
  return args;
}

describe('the command line of the drills', () => {
  it('names two clusters and a MinIO server; all drills and an outage of 10m by default', () => {
    const { clusters: found, outage, only } = parse(clusters, env, names);
    expect(found).toMatchObject({ central: 'a', edge: 'b', objectStore: { endpoint: '192.0.2.1:9000' } });
    expect([outage.toString(), only]).toEqual(['10m', undefined]);
  });

  it('takes some drills, and another outage', () => {
    const { outage, only } = parse([...clusters, '--only', 'scale,outage', '--outage', '1h'], env, names);
    expect([outage.toString(), only]).toEqual(['1h', ['scale', 'outage']]);
  });

  it.each([
    [['--central', 'a'], 'missing: --edge'],
    [
      [...clusters, '--only', 'scale,flood'],
      "option '--only <names>' argument 'scale,flood' is invalid. There is no flood, only outage, scale.",
    ],
    [
      [...clusters, '--outage', 'long'],
      "option '--outage <duration>' argument 'long' is invalid. Needed is a duration such as 30s, 6h or 15d, at most 1d.",
    ],
    [
      [...clusters, '--outage', '3m'],
      "option '--outage <duration>' argument '3m' is invalid. Needed are at least 4m: in a shorter one no agent is behind when it is asked.",
    ],
    [[...clusters, '--fast'], "unknown option '--fast'"],
  ])('refuses %j', (argv, message) => {
    expect(() => parse(argv, env, names)).toThrow(message);
  });

  it('refuses an environment without a MinIO server', () => {
    expect(() => parse(clusters, {}, names)).toThrow(
      'missing: MINIO_ENDPOINT, MINIO_ROOT_USER, MINIO_ROOT_PASSWORD',
    );
    expect(() => parse(clusters, { ...env, MINIO_ENDPOINT: 'minio:9000' }, names)).toThrow(
      'MINIO_ENDPOINT: "minio:9000" is no http or https URL',
    );
  });
});
