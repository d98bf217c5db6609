import { page } from '../../../tools/capacity/table';
import { plan } from '../../capacity/plan';

const summary = (...args: Parameters<typeof page>) =>
  page(...args)
    .split('\n')
    .slice(0, 2);

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
});
