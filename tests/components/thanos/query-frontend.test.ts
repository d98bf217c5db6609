import {
  QueryFrontend,
  frontendArguments,
  webConfigFile,
  type QueryFrontendArgs,
} from '../../../components/thanos/query-frontend';
import { register, type Registered } from '../../support/mocks';
import * as expected from './fixtures';
import { duration, quantity, resources, thanos, types } from './fixtures';

const args: QueryFrontendArgs = {
  ...thanos,
  replicas: 2,
  resources,
  cacheSize: quantity('256MiB'),
  queryUrl: 'http://thanos-query.monitoring.svc.cluster.local:9090',
  outage: duration('6h'),
};

const selector = expected.selector('thanos-query-frontend', 'query-cache');

describe('arguments of query-frontend', () => {
  it('split by day, cache in memory, and cache nothing that late samples may still change', () => {
    expect(frontendArguments(args)).toEqual([
      'query-frontend',
      '--log.format=json',
      '--enable-auto-gomemlimit',
      '--http-address=0.0.0.0:9090',
      '--http.config=/etc/thanos/web/web.yml',
      '--query-frontend.downstream-url=http://thanos-query.monitoring.svc.cluster.local:9090',
      '--query-frontend.downstream-tripper-config=max_idle_conns_per_host: 100\n',
      '--query-frontend.compress-responses',
      '--query-frontend.log-queries-longer-than=10s',
      '--cache-compression-type=snappy',
      '--query-range.split-interval=24h',
      '--query-range.max-retries-per-request=2',
      '--query-range.response-cache-config=type: IN-MEMORY\nconfig:\n  max_size: 192MiB\n  validity: 24h\n',
      '--query-range.response-cache-max-freshness=23400s',
      '--query.max-retries-per-request=2',
      '--labels.split-interval=24h',
      '--labels.max-retries-per-request=2',
      '--labels.response-cache-config=type: IN-MEMORY\nconfig:\n  max_size: 64MiB\n  validity: 24h\n',
      '--labels.response-cache-max-freshness=23400s',
    ]);
  });

  it('give an outage of days in seconds: these flags know no days', () => {
    expect(frontendArguments({ ...args, outage: duration('2d') })).toContain(
      '--query-range.response-cache-max-freshness=174600s',
    );
  });
});

describe('QueryFrontend', () => {
  let registered: Registered;
  let frontend: QueryFrontend;

  beforeAll(async () => {
    registered = await register(() => {
      frontend = new QueryFrontend('query-frontend', args, {});
    });
  });

  it('consists of these objects', () => {
    expect(registered.names).toEqual([
      `${types.deployment} thanos-query-frontend`,
      `${types.secret} thanos-query-frontend-credentials`,
      `${types.secret} thanos-query-frontend-web`,
      `${types.service} thanos-query-frontend`,
      `${types.serviceMonitor} thanos-query-frontend`,
      `${types.disruptionBudget} thanos-query-frontend`,
      `${types.password} thanos-query-frontend`,
    ]);
  });

  it('publishes its address for Grafana and for the Ingress', () => {
    expect(frontend.url).toBe('http://thanos-query-frontend.monitoring.svc.cluster.local:9090');
    expect(frontend.service).toEqual({ name: 'thanos-query-frontend', port: 9090 });
  });

  it('has one user, a generated password of letters and digits, and its hash where the server reads it', () => {
    const { user, password } = expected.secretData(registered, 'thanos-query-frontend-credentials');
    const { 'web.yml': web } = expected.secretData(registered, 'thanos-query-frontend-web');
    expect(registered.inputs(types.password)).toEqual({ length: 32, special: false });
    expect(user).toBe('monitoring');
    expect(password).toMatch(/^[a-zA-Z0-9]{32}$/);
    expect(web).toMatch(/^basic_auth_users:\n {2}monitoring: \$2a\$10\$[a-zA-Z0-9./]{53}\n$/);
    expect(web).not.toContain(password);
  });

  it('hands password and hash to the engine as secrets', () => {
    const secretPaths = (name: string) => registered.one(types.secret, name).secretPaths;
    expect(secretPaths('thanos-query-frontend-credentials')).toContainEqual(['stringData', 'password']);
    expect(secretPaths('thanos-query-frontend-web')).toContainEqual(['stringData', 'web.yml']);
  });

  it('is probed by its port, since every path asks for a password', () => {
    const { container } = expected.podOf(registered, types.deployment);
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
      expect(container[probe]).toMatchObject({ tcpSocket: { port: 'http' } });
      expect(container[probe]).not.toHaveProperty('httpGet');
    }
  });

  it('is scraped with the credentials', () => {
    expect(expected.spec(registered, types.serviceMonitor)).toEqual({
      jobLabel: 'app.kubernetes.io/name',
      selector: { matchLabels: selector },
      endpoints: [
        {
          port: 'http',
          basicAuth: {
            username: { name: 'thanos-query-frontend-credentials', key: 'user' },
            password: { name: 'thanos-query-frontend-credentials', key: 'password' },
          },
        },
      ],
    });
  });
});

describe('web configuration', () => {
  it('is the file format of the exporter toolkit', () => {
    expect(webConfigFile('$2a$10$hash')).toBe('basic_auth_users:\n  monitoring: $2a$10$hash\n');
  });
});
