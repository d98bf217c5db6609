import { RunError } from '@pulumi/pulumi';
import { UserError } from '../../../tools/command-line';
import { tracedOnFailure } from '../../../tools/render/stack-traces';

describe('an action whose traces are taken only if it fails', () => {
  const traces = () => [Error.stackTraceLimit > 0, process.sourceMapsEnabled];

  afterAll(() => {
    process.setSourceMapsEnabled(false);
  });

  it('runs without them, and has them afterwards', async () => {
    expect([await tracedOnFailure(() => Promise.resolve(traces())), traces()]).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  it('has one when it fails, mapped to the sources', async () => {
    const error = await tracedOnFailure(() => Promise.reject(new Error('x'))).catch((it: unknown) => it);
    expect((error as Error).stack).toMatch(/^Error: x\n {4}at .*stack-traces\.test\.ts:/);
    expect(traces()).toEqual([true, true]);
  });

  it.each([new UserError('no such folder'), new RunError('refused')])(
    'is not run again when it answers: %s',
    async (answer) => {
      let runs = 0;
      await expect(
        tracedOnFailure(() => {
          runs++;
          return Promise.reject(answer);
        }),
      ).rejects.toBe(answer);
      expect(runs).toBe(1);
    },
  );

  it('has failed, also when it does not fail again', async () => {
    let runs = 0;
    const sometimes = () => (runs++ === 0 ? Promise.reject(new Error('once')) : Promise.resolve());
    await expect(tracedOnFailure(sometimes)).rejects.toThrow('once');
  });
});
