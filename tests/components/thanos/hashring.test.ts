import fc from 'fast-check';
import { hashringFile } from '../../../components/thanos/hashring';
import { ingestorAddresses } from '../../../components/thanos/receive-ingestor';
import { thanos } from './fixtures';

interface Hashring {
  hashring: string;
  endpoints: { address: string }[];
}

const ring = (ingestors: number): string[] => {
  const [only, ...others] = JSON.parse(hashringFile(ingestorAddresses(ingestors, thanos))) as Hashring[];
  expect(others).toEqual([]);
  return (only?.endpoints ?? []).map(({ address }) => address);
};

const ingestors = () => fc.integer({ min: 1, max: 50 });

describe('hashring', () => {
  it('is one ring for every tenant, in the file format of Receive', () => {
    expect(
      JSON.parse(hashringFile(['thanos-receiver-0.example:10901', 'thanos-receiver-1.example:10901'])),
    ).toEqual([
      {
        hashring: 'default',
        endpoints: [
          { address: 'thanos-receiver-0.example:10901' },
          { address: 'thanos-receiver-1.example:10901' },
        ],
      },
    ]);
  });

  it('names each ingestor by its own DNS name and gRPC port', () => {
    expect(ring(2)).toEqual([
      'thanos-receiver-0.thanos-receiver-headless.monitoring.svc.cluster.local:10901',
      'thanos-receiver-1.thanos-receiver-headless.monitoring.svc.cluster.local:10901',
    ]);
  });

  it('has every ingestor exactly once', () => {
    fc.assert(
      fc.property(ingestors(), (n) => {
        expect(new Set(ring(n)).size).toBe(n);
      }),
    );
  });

  it('keeps the ingestors it has, in their order, when it grows', () => {
    fc.assert(
      fc.property(ingestors(), ingestors(), (n, more) => {
        expect(ring(n + more).slice(0, n)).toEqual(ring(n));
      }),
    );
  });

  it('is the same text for the same ingestors, so that an update without a change changes nothing', () => {
    fc.assert(
      fc.property(ingestors(), (n) => {
        expect(hashringFile(ingestorAddresses(n, thanos))).toBe(hashringFile(ingestorAddresses(n, thanos)));
      }),
    );
  });
});
