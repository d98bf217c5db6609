import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { SandboxBusy, takeSandbox, type Holder } from '../../../proof/sandbox/lock';
import { startOf } from '../../../proof/sandbox/processes';
import { temporaryFolder } from '../../support/temporary-folder';

const folder = temporaryFolder('lock');
const file = join(folder, 'lock.json');

beforeEach(() => {
  rmSync(file, { force: true });
});

const take = () => takeSandbox(file, 'npm run sandbox', 'being started');
const holder = () => JSON.parse(readFileSync(file, 'utf8')) as Holder;
const heldBy = (changes: Partial<Holder>) => {
  const here = { pid: process.pid, started: startOf(process.pid) ?? '', host: hostname() };
  const told = {
    command: 'npm run sandbox -- up',
    doing: 'being started',
    since: '2026-11-27T06:00:00.000Z',
  };
  writeFileSync(file, JSON.stringify({ ...here, ...told, ...changes }));
};

describe('a sandbox', () => {
  it('is taken by one process, which can be found', () => {
    take();
    expect(holder()).toMatchObject({ pid: process.pid, host: hostname(), command: 'npm run sandbox' });
  });

  it('is refused to a second, with who has it, what that does, and since when', () => {
    heldBy({});
    expect(take).toThrow(SandboxBusy);
    expect(take).toThrow(
      `A sandbox is being started by process ${process.pid} (npm run sandbox -- up, since 2026-11-27T06:00:00.000Z). ` +
        'Wait until it has ended, or end it with Ctrl-C where it runs.',
    );
  });

  it('is free again when it is given back', () => {
    take()();
    expect(existsSync(file)).toBe(false);
  });

  it('is not given back when it is another’s', () => {
    const giveBack = take();
    heldBy({ since: 'later' });
    giveBack();
    expect(holder().since).toBe('later');
  });

  it('is taken from a process that has ended', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    const pid = child.pid ?? 0;
    const started = startOf(pid) ?? '';
    await once(child, 'close');
    heldBy({ pid, started });
    take();
    expect(holder().pid).toBe(process.pid);
  });

  it('is taken from a process whose id another has now', () => {
    heldBy({ started: 'before' });
    take();
    expect(holder().started).toBe(startOf(process.pid));
  });

  it('is not taken from a process of another machine, which nobody here can see', () => {
    heldBy({ host: 'elsewhere', pid: 1, started: 'x' });
    expect(take).toThrow(
      'A sandbox is being started by process 1 on elsewhere (npm run sandbox -- up, since 2026-11-27T06:00:00.000Z). ' +
        `This machine cannot see whether it still runs; if it does not, remove ${file}.`,
    );
  });

  it('is had by one of many that ask at the same time, though a dead one’s file is there', async () => {
    heldBy({ started: 'before' });
    const code = `const { takeSandbox } = require(${JSON.stringify(require.resolve('../../../proof/sandbox/lock'))});
      try { takeSandbox(${JSON.stringify(file)}, 'test', 'in use'); console.log('taken'); setTimeout(() => {}, 3000) }
      catch (error) { console.log(error.name) }`;
    const asked = Array.from({ length: 6 }, () => {
      const child = spawn(process.execPath, ['--require', require.resolve('tsx/cjs'), '-e', code]);
      return once(child.stdout, 'data').then(([data]) => String(data).trim());
    });
    expect((await Promise.all(asked)).toSorted()).toEqual([...Array<string>(5).fill('SandboxBusy'), 'taken']);
  }, 60_000);

  it('leaves no other file behind', () => {
    take();
    expect(readdirSync(folder)).toEqual(['lock.json']);
  });
});
