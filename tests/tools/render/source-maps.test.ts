import { mappedOnFailure } from '../../../tools/render/source-maps';

describe('an action whose traces are mapped only if it fails', () => {
  const enabled = () => process.sourceMapsEnabled;

  afterAll(() => {
    process.setSourceMapsEnabled(false);
  });

  it('runs without the mapping, and has it afterwards', async () => {
    expect([await mappedOnFailure(() => Promise.resolve(enabled())), enabled()]).toEqual([false, true]);
  });

  it('has it again when it fails, before anybody reads the trace', async () => {
    const failure = new Error('x');
    await expect(mappedOnFailure(() => Promise.reject(failure))).rejects.toBe(failure);
    expect(enabled()).toBe(true);
  });
});
