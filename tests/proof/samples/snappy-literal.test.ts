import snappy from 'snappyjs';
import { snappyLength, snappyLiteral } from '../../../proof/samples/snappy-literal';

describe('a snappy block of one literal', () => {
  it('is its length, the tag of a literal and the content as it is', () => {
    expect(snappyLiteral(Buffer.from('abc')).toString('hex')).toBe('03fc02000000616263');
  });

  it('is what it says to a decoder', () => {
    const content = Buffer.alloc(8_192_000, 'x');
    expect(Buffer.from(snappy.uncompress(snappyLiteral(content))).equals(content)).toBe(true);
  });

  it('may say that it is a gibibyte long', () => {
    expect(Buffer.from(snappyLength(2 ** 30)).toString('hex')).toBe('8080808004');
  });
});
