import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { takeSandbox } from './lock';
import { lockFile, state } from './paths';
import { endProcesses, ownerVariable, processesOf, runVariable, send, startOf } from './processes';

/** The user ended the run. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}

/**
 * Seconds that pulumi may take to finish the resource it is at (Kubernetes waits up to ten minutes for one),
 * and others.
 */
const patience = { interrupt: 120, terminate: 5 };

/**
 * A second Ctrl-C within this many milliseconds is the first one again: npm and tsx hand on what the terminal
 * sent to all.
 */
const sameKeystroke = 1000;

/** This run: what it starts carries its mark. */
const id = `${process.pid} ${startOf(process.pid) ?? ''}`;

/** Leaders of the process groups of running commands. */
const groups = new Map<number, { interrupt: boolean }>();

let interruptedBy: NodeJS.Signals | undefined;
let interruptedAt = 0;

/** The processes that must end with this run. */
const ownProcesses = () => processesOf(state).filter(({ run }) => run === id);

/**
 * Makes this process the one that uses the sandbox: takes it, ends what a killed run left, and sees to it
 * that whatever this run starts ends with it: at Ctrl-C, at a signal, and, by a second process, when this one
 * is killed.
 *
 * @param command for people, and what it does with the sandbox, such as `being started`
 * @returns to be called at the end
 * @throws SandboxBusy when another run uses the sandbox
 */
export async function beginRun(command: string, doing: string): Promise<() => Promise<void>> {
  const giveBack = takeSandbox(lockFile, command, doing);
  process.on('exit', giveBack);
  process.env[ownerVariable] = state;
  process.env[runVariable] = id;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      interrupted(signal);
    });
  }
  await endProcesses(strays, patience);
  const guard = spawn(process.execPath, [...process.execArgv, join(__dirname, 'guard.ts'), state, id], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, [runVariable]: undefined, [ownerVariable]: undefined },
  });
  guard.unref();
  return async () => {
    await endProcesses(ownProcesses, patience);
    guard.stdin.end('done');
    giveBack();
    guard.ref();
    if (guard.exitCode === null && guard.signalCode === null) await once(guard, 'exit');
  };
}

/** What an earlier run left that was killed. No other one runs: this one has the lock. */
const strays = () => processesOf(state).filter(({ run }) => run !== undefined && run !== id);

/** Environment of what outlives the run: API servers and MinIO. */
export const outlivingEnvironment = (): NodeJS.ProcessEnv => ({ [runVariable]: undefined });

/**
 * Notes a command that runs in a process group of its own, so that a signal reaches it once and as it should.
 *
 * @param interrupt whether it is pulumi, which at SIGINT finishes the resource it is at
 * @returns to be called when it has ended
 */
export function noteGroup(pid: number | undefined, interrupt: boolean): () => void {
  if (pid === undefined) return () => undefined;
  groups.set(pid, { interrupt });
  return () => {
    groups.delete(pid);
  };
}

/** The signal that ended the run, if one did. */
export const interruption = (): NodeJS.Signals | undefined => interruptedBy;

/** @throws Interrupted when the run was ended by a signal: nothing new is to be started */
export function stopIfInterrupted(): void {
  if (interruptedBy) throw new Interrupted(`ended by ${interruptedBy}`);
}

function interrupted(signal: NodeJS.Signals): void {
  if (interruptedBy) {
    if (Date.now() - interruptedAt < sameKeystroke) return;
    console.error('\nEnding everything at once: pulumi may not have noted what it was making.');
    for (const pid of groups.keys()) send(-pid, 'SIGKILL');
    for (const { pid } of ownProcesses()) send(pid, 'SIGKILL');
    process.exit(exitCodeOf(signal));
  }
  interruptedBy = signal;
  interruptedAt = Date.now();
  const pulumi = [...groups.values()].some(({ interrupt }) => interrupt);
  console.error(
    pulumi
      ? '\nEnding: pulumi begins nothing more, and says of what it was waiting for that it failed; the next run goes on from there. ' +
          'Ctrl-C again ends it at once, and may lose track of what it was making.'
      : '\nEnding.',
  );
  for (const [pid, { interrupt }] of groups) send(-pid, interrupt ? 'SIGINT' : 'SIGTERM');
  leaveWhenIdle(signal);
}

/** Work that is no command (a download, waiting for a port) is not waited for. */
function leaveWhenIdle(signal: NodeJS.Signals): void {
  let idle = 0;
  setInterval(() => {
    idle = groups.size === 0 ? idle + 1 : 0;
    if (idle < 10) return;
    for (const { pid } of ownProcesses()) send(pid, 'SIGKILL');
    console.error(`\n${nextStep}`);
    process.exit(exitCodeOf(signal));
  }, 500).unref();
}

/** As shells have it: 130 for Ctrl-C. */
export const exitCodeOf = (signal: NodeJS.Signals): number =>
  128 + { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 }[signal as 'SIGINT' | 'SIGTERM' | 'SIGHUP'];

/** What to do after Ctrl-C. */
export const nextStep =
  'Ended; what was made stays. Go on with the same command, look with npm run sandbox -- preview, ' +
  'or remove everything with npm run sandbox -- down.';
