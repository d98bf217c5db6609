import { arrived } from '../../../proof/lab/experiment/labels';

const answer = (...values: string[]) => values.map((value) => ({ value: [0, value] as [number, string] }));

describe('what was served', () => {
  const served = [1, 2, 3].map((value) => [{}, value] as const);

  it('has arrived when every value is read back, in any order', () => {
    expect(arrived(served, answer('3', '1', '2'))).toBe(true);
  });

  it('has not when two series have become one, or one has the value of another', () => {
    expect(arrived(served, answer('1', '3'))).toBe(false);
    expect(arrived(served, answer('1', '3', '3'))).toBe(false);
  });
});
