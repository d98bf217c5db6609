import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processesOf } from '../../../proof/sandbox/processes';
import { temporaryFolder } from '../../support/temporary-folder';

const cache = temporaryFolder('alone');
const state = join(cache, 'monitoring-sandbox', '.sandbox');
const lock = join(cache, 'monitoring-sandbox', 'lock.json');
const notes = join(cache, 'notes');
const children: ChildProcess[] = [];

/**
 * A program that starts another one in a session of its own, as pulumi does with plugins, and notes how it
 * ends.
 */
function program(name: string, onInterrupt: string): string {
  const file = join(cache, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    `#!/usr/bin/env node
    const fs = require('node:fs');
    const note = (text) => fs.appendFileSync(${JSON.stringify(notes)}, text + ' ');
    require('node:child_process').spawn('sleep', ['300'], { detached: true, stdio: 'ignore' }).unref();
    process.on('SIGINT', () => { note('interrupted'); ${onInterrupt} });
    process.on('SIGTERM', () => { note('terminated'); process.exit(1); });
    setInterval(() => {}, 1000);
    note('started');\n`,
    { mode: 0o755 },
  );
  return file;
}

const finishes = program('pulumi', "setTimeout(() => { note('finished'); process.exit(1); }, 500);");
const noted = () => (existsSync(notes) ? readFileSync(notes, 'utf8').trim() : '');
const mark = () => processesOf(state).map(({ command }) => command);

/** A command of the sandbox in a process of its own; its text and exit code once it has ended. */
function started(...programs: string[]) {
  const child = spawn(
    process.execPath,
    ['--require', require.resolve('tsx/cjs'), join(__dirname, 'alone.ts'), ...programs],
    { env: { ...process.env, XDG_CACHE_HOME: cache }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  children.push(child);
  let text = '';
  child.stderr.on('data', (data: Buffer) => (text += data.toString()));
  return { child, ended: once(child, 'close').then(([code]) => ({ code: code as number | null, text })) };
}

async function until(so: () => boolean): Promise<void> {
  for (let i = 0; i < 300 && !so(); i++) await sleep(100);
  expect(so()).toBe(true);
}

beforeEach(() => {
  rmSync(notes, { force: true });
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const { pid } of processesOf(state)) process.kill(pid, 'SIGKILL');
});

describe('a command of the sandbox', () => {
  it('is told by a second one, with its process, and that one leaves it alone', async () => {
    const first = started(finishes);
    await until(() => noted() === 'started');
    const { code, text } = await started(finishes).ended;
    expect(code).toBe(3);
    expect(text).toMatch(
      new RegExp(
        `^A sandbox is being tested by process ${first.child.pid ?? 0} \\(npm run sandbox -- ${finishes}, since 2`,
      ),
    );
    expect(noted()).toBe('started');
  }, 60_000);

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'lets pulumi finish at %s, ends what that has left, and says what to do next',
    async (signal) => {
      const { child, ended } = started(finishes, finishes);
      await until(() => noted() === 'started');
      child.kill(signal);
      const { code, text } = await ended;
      expect(code).toBe({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[signal]);
      expect(noted()).toBe('started interrupted finished');
      expect(mark()).toEqual([]);
      expect(text).toContain('Go on with the same command, look with npm run sandbox -- preview');
      expect(existsSync(lock)).toBe(false);
    },
    60_000,
  );

  it('takes two signals at once for one: npm hands on what the terminal sends to all', async () => {
    const { child, ended } = started(finishes);
    await until(() => noted() === 'started');
    child.kill('SIGINT');
    child.kill('SIGINT');
    await ended;
    expect(noted()).toBe('started interrupted finished');
  }, 60_000);

  it('terminates a program that is not pulumi', async () => {
    const { child, ended } = started(program('other', ''));
    await until(() => noted() === 'started');
    child.kill('SIGINT');
    await ended;
    expect(noted()).toBe('started terminated');
    expect(mark()).toEqual([]);
  }, 60_000);

  it('ends everything at once when it is interrupted again', async () => {
    const { child, ended } = started(program('stubborn/pulumi', ''));
    await until(() => noted() === 'started');
    child.kill('SIGINT');
    await sleep(1500);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130 });
    expect(noted()).toBe('started interrupted');
    await until(() => mark().length === 0);
  }, 60_000);

  it('that is killed leaves nothing behind either', async () => {
    const { child } = started(finishes);
    await until(() => noted() === 'started');
    child.kill('SIGKILL');
    await until(() => mark().length === 0);
    expect(noted()).toBe('started interrupted finished');
  }, 60_000);
});
