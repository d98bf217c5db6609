import { stepOf } from '../../../tools/dashboards/step';

describe('the step of a curve', () => {
  it('is the time between two scrapes for six hours and less', () => {
    expect([900, 3600, 21_600].map((range) => stepOf(range, 30))).toEqual([30, 30, 30]);
  });

  it('is longer where a panel has no room for every scrape', () => {
    expect(stepOf(604_800, 30)).toBe(605);
  });
});
