import fc from 'fast-check';
import { agentBuffer } from '../capacity/outage';
import { mayGo } from '../components/prometheus-stack/agent-backlog';
import { frontendArguments } from '../components/thanos/query-frontend';
import { ingestorArguments } from '../components/thanos/receive-ingestor';
import { centralRules } from '../checks/central-rules';
import { Duration, Quantity } from '../config/units';
import { centralConfig } from './support/stack-configs';

const outage = () => fc.integer({ min: 1, max: 14 * 86_400 }).map((s) => Duration.ofSeconds(s));

const flag = (args: readonly string[], name: string): number => {
  const value = args.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1] ?? '';
  return Duration.parse(value).seconds;
};

/** Every figure of the deployed programs that says how old a sample may be, in seconds. */
function windows(length: Duration): Record<string, number> {
  const { retention, blockDuration } = centralConfig().receive;
  const objstore = { name: 'thanos-s3-config', key: 'objstore.yml', checksum: '' };
  const ingestor = ingestorArguments({ retention, blockDuration, outage: length, objstore });
  const frontend = frontendArguments({
    queryUrl: 'http://thanos-query:9090',
    outage: length,
    cacheSize: Quantity.parse('256MiB'),
  });
  const { maxTime, truncateFrequency } = agentBuffer(length);
  return {
    'agent: least that a truncation leaves': truncateFrequency.seconds / 4,
    'agent: retention of series': maxTime.seconds,
    'ingestor: out-of-order window': flag(ingestor, 'tsdb.out-of-order.time-window'),
    'query-frontend: ranges': flag(frontend, 'query-range.response-cache-max-freshness'),
    'query-frontend: labels': flag(frontend, 'labels.response-cache-max-freshness'),
  };
}

describe('the promised outage', () => {
  it('sizes every window alike: the outage and half an hour', () => {
    fc.assert(
      fc.property(outage(), (length) => {
        expect(new Set(Object.values(windows(length)))).toEqual(new Set([length.seconds + 1800]));
      }),
    );
  });

  it("is kept by Receive's retention, or refused", () => {
    fc.assert(
      fc.property(outage(), fc.integer({ min: 1, max: 30 * 86_400 }), (length, seconds) => {
        const config = centralConfig();
        const retention = Duration.ofSeconds(seconds);
        const violations = centralRules({
          ...config,
          outage: length,
          receive: { ...config.receive, retention },
        });
        const refused = violations.some(({ key }) => key === 'receive.retention');
        // Two blocks of 2 h lie between a sample and its copy in the bucket.
        expect(refused).toBe(seconds < length.seconds + 1800 + 4 * 3600);
      }),
    );
  });

  it('holds an agent back for as long, and no longer', () => {
    expect(mayGo(Duration.parse('6h'))).toContain('now - since > 21600');
  });
});
