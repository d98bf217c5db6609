import { certificateWarnings } from '../../checks/certificate';

const [sooner, later] = ['2027-01-10T00:00:00Z', '2027-10-12T00:00:00Z'];

describe('an edge that presents an older certificate than the centre has issued', () => {
  it('is warned of it, with both ends', () => {
    expect(certificateWarnings({ certificateEnd: sooner }, { certificateEnd: later })).toEqual([
      `This edge presents a certificate that ends on ${sooner}; its central stack has issued one that ends on ${later}. ` +
        'Run pulumi up here before the first ends: from then on the edge is refused.',
    ]);
  });

  it.each([
    ['it presents the one that is issued', { certificateEnd: later }, later],
    ['both ends are the same moment in two zones', { certificateEnd: '2027-10-12T02:00:00+02:00' }, later],
    ['it is not deployed yet', undefined, later],
    ['it was deployed by a release that did not say it', {}, later],
    ['the centre was', { certificateEnd: sooner }, undefined],
  ])('is not where %s', (_, last, certificateEnd) => {
    expect(certificateWarnings(last, { certificateEnd })).toEqual([]);
  });
});
