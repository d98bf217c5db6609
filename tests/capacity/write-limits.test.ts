import fc from 'fast-check';
import { remoteWrite as settings } from '../../capacity/remote-write';
import {
  agentBatch,
  declaredHeadSeries,
  expectedRequest,
  headSeriesLimit,
  leastConcurrency,
  memoryForConcurrency,
  requestLimits,
  writeConcurrency,
} from '../../capacity/write-limits';
import { remoteWrite } from '../../components/prometheus-stack/edge-values';
import { Quantity } from '../../config/units';

describe('the series of an edge', () => {
  it('are never limited below what it declares', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 100_000_000 }), (series) => {
        expect(headSeriesLimit(series)).toBeGreaterThan(declaredHeadSeries(series));
      }),
    );
  });
});

describe('the limits of a request', () => {
  const identity = { name: 'identity', ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key' };
  const { queueConfig } = remoteWrite({ url: 'https://receiver.example.org', identity, shards: 2 });

  it("let the agents' own batches through, also with exemplars: 413 would lose them", () => {
    expect(queueConfig.maxSamplesPerSend).toBe(settings.samplesPerSend);
    const { series, samples, size } = requestLimits({});
    expect(agentBatch.series).toBe(2200);
    expect(series).toBeGreaterThanOrEqual(agentBatch.series);
    expect(samples).toBeGreaterThanOrEqual(agentBatch.samples);
    expect(size.bytes).toBeGreaterThanOrEqual(agentBatch.size.bytes);
  });
});

describe('the requests at once', () => {
  it.each([
    ['1Gi', '2000Ki', 106],
    ['2Gi', '2000Ki', 224],
    ['1Gi', '64Mi', 3],
    ['64Mi', '2000Ki', 0],
  ])('in %s of memory, each up to %s, are %i', (memory, size, concurrency) => {
    expect(Math.max(0, writeConcurrency(Quantity.parse(memory), Quantity.parse(size)))).toBe(concurrency);
  });

  it('fit the memory that is asked for them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: leastConcurrency, max: 1000 }),
        fc.integer({ min: 1, max: 256 }),
        (n, mebibytes) => {
          const expected = Quantity.ofBytes(mebibytes * 2 ** 20);
          expect(writeConcurrency(memoryForConcurrency(n, expected), expected)).toBe(n);
        },
      ),
    );
  });

  it('are sized for the batches of our agents, or for larger requests where an edge says so', () => {
    const size = Quantity.parse('32Mi');
    expect(
      expectedRequest([
        { name: 'a', series: 1000 },
        { name: 'b', series: 1000, limits: { request: { size } } },
      ]),
    ).toEqual(size);
    expect(expectedRequest([{ name: 'a', series: 1000 }])).toEqual(agentBatch.size);
  });
});
