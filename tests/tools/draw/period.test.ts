import { aligned, stepOf } from '../../../tools/draw/period';

describe('the step of a curve', () => {
  const hours = (count: number) => ({ from: 0, to: count * 3600 });

  it('is never shorter than a scrape', () => {
    expect(stepOf(hours(1), 500, 30)).toBe(30);
  });

  it('is about a pixel, rounded up to what people would choose', () => {
    expect(stepOf(hours(6), 500, 30)).toBe(60);
    expect(stepOf(hours(7 * 24), 800, 30)).toBe(900);
  });

  it('is in whole days beyond a day', () => {
    expect(stepOf(hours(24 * 365 * 3), 500, 30)).toBe(3 * 86_400);
  });

  it('divides the times at which a curve begins and ends', () => {
    expect(aligned({ from: 65, to: 125 }, 30)).toEqual({ from: 60, to: 120 });
  });
});
