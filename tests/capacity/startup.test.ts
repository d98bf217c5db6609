import * as fc from 'fast-check';
import { agentDisk } from '../../capacity/agent';
import { total } from '../../capacity/need';
import { agentStartup, ingestorStartup, prometheusStartup, rulerStartup } from '../../capacity/startup';
import { Duration } from '../../config/units';
import { plan, plans } from './plan';

const hour = 3600;
const MiB = 2 ** 20;
const longOutage = { ...plan, outage: Duration.parse('72h') };

/** Twice what so many bytes take at 20 MB/s. */
const seconds = (bytes: number) => Math.ceil(bytes / 10e6);

describe('an agent, which must read its log before it scrapes,', () => {
  it('has an hour and 12 minutes with 100 000 series and an outage of 72h', () => {
    // The log is truncated every 4 × 72.5 h and holds one and a half periods of 3333 samples a second: 43 GB.
    const log = 1.5 * 290 * hour * (100_000 / 30) * 8.2 + 4 * 128 * MiB + 2 * 100_000 * 45;
    expect(seconds(log)).toBe(4335);
    expect(agentStartup(100_000, longOutage).toString()).toBe('1h12m15s');
  });

  it('has 15 minutes at least, with 100 000 series and the default outage', () => {
    expect(agentStartup(100_000, plan).toString()).toBe('15m');
  });

  it('has more than that from a log of 9 GB on', () => {
    // A series takes 1.5 × 26 h × 8.2 / 30 bytes of log and 90 of checkpoints; four segments besides.
    const log = (series: number) => series * (38_376 + 90) + 4 * 128 * MiB;
    expect([220_000, 220_100].map((series) => seconds(log(series)))).toEqual([900, 901]);
    expect([220_000, 220_100].map((series) => agentStartup(series, plan).seconds)).toEqual([900, 901]);
  });

  it('has twice the time that all of its volume’s sum takes at 20 MB/s, whatever the plan', () => {
    fc.assert(
      fc.property(plans, (p) => {
        for (const { series } of p.edges) {
          const atRate = total(agentDisk(series, p).terms) / 20e6;
          expect(agentStartup(series, p).seconds).toBeGreaterThanOrEqual(2 * atRate);
          expect(agentStartup(series, p).seconds).toBeGreaterThanOrEqual(900);
        }
      }),
    );
  });
});

describe('an ingestor', () => {
  it('has 49 minutes with the backlog of 72h of two agents of 90 000 series', () => {
    // 6000 samples a second; 2.25 blocks of 2h and the outage in log and chunks, the outage as late samples.
    const head = 6000 * (4.5 + 72) * hour * (8.1 + 2.2);
    const late = 6000 * 72 * hour * 7.9;
    expect(seconds(head + late)).toBe(2931);
    expect(ingestorStartup(longOutage).seconds).toBe(2931);
  });

  it('has 15 minutes at least', () => {
    expect(ingestorStartup(plan).toString()).toBe('15m');
  });
});

describe('a Prometheus of the central cluster', () => {
  it('has 15 minutes at least, and 19 with two million series', () => {
    expect(prometheusStartup(plan).toString()).toBe('15m');
    // Log and chunks of four and a half hours.
    const log = (2_000_000 / 30) * 4.5 * hour * (8.2 + 2.2);
    const large = { ...plan, central: { ...plan.central, series: 2_000_000 } };
    expect(prometheusStartup(large).seconds).toBe(seconds(log));
    expect(seconds(log)).toBe(1124);
  });
});

describe('a Ruler', () => {
  it('has 15 minutes at least, and more where its rules record more', () => {
    expect(rulerStartup(plan).toString()).toBe('15m');
    // A quarter of 40 000 100 000 series is read, and 0.175 recorded for each.
    const edges = [{ name: 'cluster-02', series: 20_000_000 }];
    const recorded = (40_000_000 + 100_000) * 0.25 * 0.175;
    const log = (recorded / 30) * 4.5 * hour * (8.2 + 2.2);
    expect(rulerStartup({ ...plan, edges }).seconds).toBe(seconds(log));
    expect(seconds(log)).toBeGreaterThan(900);
  });
});
