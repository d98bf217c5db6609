import { numberedPage, numberedSeries } from '../../../proof/samples/numbered';

describe('a numbered sample', () => {
  it('has its number in each series of a page', () => {
    expect(numberedPage(7, 2)).toBe(
      '# TYPE numbered_sample gauge\nnumbered_sample{series="0"} 7\nnumbered_sample{series="1"} 7\n',
    );
  });

  it('has its number and time in each series of a request', () => {
    expect(numberedSeries({ number: 7, timestamp: 300 }, 2, { run: 'a' })).toEqual([
      {
        labels: { __name__: 'numbered_sample', run: 'a', series: '0' },
        samples: [{ value: 7, timestamp: 300 }],
      },
      {
        labels: { __name__: 'numbered_sample', run: 'a', series: '1' },
        samples: [{ value: 7, timestamp: 300 }],
      },
    ]);
  });
});
