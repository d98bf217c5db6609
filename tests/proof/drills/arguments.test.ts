import { parse } from '../../../proof/drills/arguments';

const env = { MINIO_ENDPOINT: 'http://192.0.2.1:9000', MINIO_ROOT_USER: 'u', MINIO_ROOT_PASSWORD: 'p' };
const clusters = ['--central', 'a', '--edge', 'b'];
const names = ['outage', 'scale'];

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
    [['--central', 'a'], /^missing: --edge\n/],
    [[...clusters, '--only', 'scale,flood'], /^no drill flood\n/],
    [[...clusters, '--outage', 'long'], /^--outage long: a duration such as 30s, 6h or 15d/],
    [[...clusters, '--fast'], /^Unknown option '--fast'/],
  ])('refuses %j', (argv, message) => {
    expect(() => parse(argv, env, names)).toThrow(message);
  });

  it('refuses an environment without a MinIO server', () => {
    expect(() => parse(clusters, {}, names)).toThrow(
      /^missing: MINIO_ENDPOINT, MINIO_ROOT_USER, MINIO_ROOT_PASSWORD\n/,
    );
    expect(() => parse(clusters, { ...env, MINIO_ENDPOINT: 'minio:9000' }, names)).toThrow(
      /^MINIO_ENDPOINT: "minio:9000" is no http or https URL\n/,
    );
  });
});
