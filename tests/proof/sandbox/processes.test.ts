import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  allProcesses,
  belongs,
  endProcesses,
  ownerVariable,
  processesOf,
  runVariable,
  startOf,
} from '../../../proof/sandbox/processes';
import { temporaryFolder } from '../../support/temporary-folder';

const folder = temporaryFolder('processes');
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A process of this test that says when it is ready, and runs until it is ended. */
async function started(env: NodeJS.ProcessEnv, script = '', program = process.execPath): Promise<number> {
  const code = `${script}; setInterval(() => {}, 1000); process.stdout.write('ready')`;
  const child = spawn(program, ['-e', code], { env, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  children.push(child);
  await once(child.stdout, 'data');
  return child.pid ?? 0;
}

const marked = { [ownerVariable]: folder };
const pids = () => processesOf(folder).map(({ pid }) => pid);

describe('the start of a process', () => {
  it('stays the same while it runs', async () => {
    const pid = await started({});
    expect(startOf(pid)).toBeDefined();
    expect(startOf(pid)).toBe(startOf(pid));
  });

  it('is another for each process', async () => {
    const first = await started({});
    const second = await started({});
    expect(startOf(first)).not.toBe(startOf(second));
  });

  it('is none when the process has ended', async () => {
    const pid = await started({});
    children[0]?.kill('SIGKILL');
    if (children[0]) await once(children[0], 'close');
    expect(startOf(pid)).toBeUndefined();
  });
});

describe('the processes of a sandbox', () => {
  it('are those with its mark, also what they start themselves', async () => {
    const parent = await started(
      marked,
      "require('child_process').spawn('sleep', ['60'], { detached: true })",
    );
    const found = processesOf(folder);
    expect(found).toHaveLength(2);
    expect(found.map(({ pid }) => pid)).toContain(parent);
    expect(found.find(({ pid }) => pid !== parent)?.command).toBe('sleep 60');
    await endProcesses(() => processesOf(folder), { interrupt: 0, terminate: 5 });
  });

  it('are none of another sandbox', async () => {
    await started({ [ownerVariable]: `${folder}-2` });
    expect(pids()).toEqual([]);
  });

  it('are its programs, whoever started them', async () => {
    const program = join(folder, 'etcd');
    symlinkSync(process.execPath, program);
    const pid = await started({}, '', program);
    expect(pids()).toEqual([pid]);
  });

  it('are told with the run that they must end with', async () => {
    await started({ ...marked, [runVariable]: '7 x' });
    await started(marked);
    expect(processesOf(folder).map(({ run }) => run)).toEqual(expect.arrayContaining(['7 x', undefined]));
  });

  it.each<[string, string, string, string[], boolean]>([
    [
      'a pulumi of the user on its stacks',
      'pulumi',
      'pulumi up',
      ['PULUMI_BACKEND_URL=file:///s/pulumi'],
      true,
    ],
    [
      'a plugin of that',
      '/x/pulumi-resource-tls',
      '/x/pulumi-resource-tls',
      ['PULUMI_BACKEND_URL=file:///s/a'],
      true,
    ],
    ['a pulumi on other stacks', 'pulumi', 'pulumi up', ['PULUMI_BACKEND_URL=file:///t/pulumi'], false],
    [
      'an editor in a shell with its settings',
      'vi',
      'vi /s/log',
      ['PULUMI_BACKEND_URL=file:///s/pulumi'],
      false,
    ],
    ['a program of a folder with a like name', '/s2/etcd', '/s2/etcd', [], false],
  ])('%s: %s', (_, program, command, environment, expected) => {
    expect(belongs({ pid: 1, program, command, environment }, '/s')).toBe(expected);
  });

  it('are never this process itself', () => {
    expect(allProcesses().map(({ pid }) => pid)).not.toContain(process.pid);
  });
});

describe('ending processes', () => {
  it('terminates them, and kills one that does not listen', async () => {
    await started(marked);
    await started(marked, "process.on('SIGTERM', () => {})");
    await endProcesses(() => processesOf(folder), { interrupt: 0, terminate: 1 });
    expect(pids()).toEqual([]);
  });

  it('interrupts pulumi first, and gives it the time to finish', async () => {
    const noted = join(folder, 'noted');
    const program = join(folder, 'pulumi');
    symlinkSync(process.execPath, program);
    await started(
      marked,
      `process.on('SIGINT', () => setTimeout(() => { require('fs').writeFileSync(${JSON.stringify(noted)}, 'SIGINT'); process.exit() }, 300));
       process.on('SIGTERM', () => process.exit())`,
      program,
    );
    const [pulumi] = processesOf(folder);
    writeFileSync(join(folder, 'seen'), String(pulumi?.pid));
    await endProcesses(() => processesOf(folder), { interrupt: 10, terminate: 5 });
    expect(existsSync(noted)).toBe(true);
    expect(pids()).toEqual([]);
  });
});
