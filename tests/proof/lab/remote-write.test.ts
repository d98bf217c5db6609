import { snappyLiteral, writeRequest } from '../../../proof/lab/remote-write';

describe('a remote-write request', () => {
  it('is prometheus.WriteRequest with the labels in order', () => {
    const request = writeRequest([
      { labels: { job: 'a', __name__: 'up' }, samples: [{ value: 1, timestamp: 300 }] },
    ]);
    expect(request.toString('hex')).toBe(
      [
        '0a28', // series of 40 bytes
        '0a0e0a085f5f6e616d655f5f12027570', // __name__ = up
        '0a080a036a6f62120161', // job = a
        '120c09000000000000f03f10ac02', // 1 at 300
      ].join(''),
    );
  });

  it('is framed as one literal of snappy', () => {
    expect(snappyLiteral(Buffer.from('abc')).toString('hex')).toBe('03fc02000000616263');
  });
});
