import { execa } from 'execa';
import { endOf } from '../../tools/programs';

describe('how a program ended', () => {
  const ended = (file: string, ...args: string[]) => execa(file, args, { reject: false }).then(endOf);

  it('is its exit code, its signal, or why it was not started', async () => {
    expect(await ended('sh', '-c', 'exit 3')).toBe('ended with 3');
    expect(await ended('sh', '-c', 'kill -KILL $$')).toBe('was ended by SIGKILL');
    expect(await ended('/no/such/program')).toMatch(/^could not be started: .*ENOENT/);
  });
});
