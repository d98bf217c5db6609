import { page } from '../../../tools/capacity/table';
import { Duration } from '../../../config/units';
import { plan } from '../../capacity/plan';

const summary = (...args: Parameters<typeof page>) =>
  page(...args)
    .split('\n')
    .slice(0, 2);

const starts = (...args: Parameters<typeof page>) =>
  page(...args)
    .split('\n')
    .at(-1);

describe('the page of a plan', () => {
  it('begins with what is planned', () => {
    expect(summary(plan)).toEqual([
      '2 edges of at most 60 000 series, 2 agents each, every 30s; outage 6h',
      '6 000 samples/s written by the edges; 1 ingestor',
    ]);
  });

  it('says one edge, one agent and many ingestors', () => {
    const other = {
      ...plan,
      edges: [{ name: 'cluster-02', series: 1200 }],
      agents: 1,
      receive: { ...plan.receive, ingestors: 3 },
    };
    expect(summary(other)).toEqual([
      '1 edge of at most 1 200 series, 1 agent each, every 30s; outage 6h',
      '40 samples/s written by the edges; 3 ingestors',
    ]);
  });

  it('ends with the time that each part has to read its log, the Ruler only where there is one', () => {
    const longer = { ...plan, outage: Duration.parse('72h') };
    expect(starts(longer)).toBe(
      'time to read its log at a start, at most: each agent 44 min, each ingestor 49 min, each Prometheus 15 min, each Ruler 15 min',
    );
    expect(starts({ ...plan, ruler: { replicas: 0 } })).toBe(
      'time to read its log at a start, at most: each agent 15 min, each ingestor 15 min, each Prometheus 15 min',
    );
  });
});
