import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Environment variable of everything that the sandbox starts: the folder of its state. */
export const ownerVariable = 'MONITORING_SANDBOX';

/**
 * Environment variable of what must end with the run that started it. What outlives a run (API servers,
 * MinIO) lacks it.
 */
export const runVariable = 'MONITORING_SANDBOX_RUN';

/** A process as the system shows it. */
export interface ProcessView {
  pid: number;
  /** Its first argument: the name or path that it was started by. */
  program: string;
  /** All arguments, with blanks between them. */
  command: string;
  /** `NAME=value` of its environment; empty for processes of other users. */
  environment: readonly string[];
}

/** A process that belongs to a sandbox. */
export interface SandboxProcess extends ProcessView {
  /** The run that it must end with, if any. */
  run: string | undefined;
}

/** Linux has it; small images of Linux lack `ps`, and macOS has `ps` alone. */
const proc = existsSync('/proc/self/stat');

/**
 * When a process started: with its id it tells a process from a later one of the same id. To be compared only
 * with other answers of the same machine.
 *
 * @returns undefined when no such process runs
 */
export function startOf(pid: number): string | undefined {
  if (!proc) {
    const { stdout } = spawnSync('ps', ['-p', String(pid), '-o', 'lstart='], { encoding: 'utf8' });
    return stdout.trim() || undefined;
  }
  const stat = readIfThere(`/proc/${pid}/stat`);
  // The second field is the program's name, which may hold blanks and brackets.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (stat === '' || state === 'Z' || state === 'X') return undefined;
  const bootId = readIfThere('/proc/sys/kernel/random/boot_id').trim();
  return `${bootId} ${fields[18] ?? ''}`;
}

/** Every process of this machine except this one. */
export function allProcesses(): ProcessView[] {
  return (proc ? fromProc() : fromPs()).filter(({ pid }) => pid !== process.pid);
}

/** The processes of the sandbox whose state is in `folder`. */
export const processesOf = (folder: string): SandboxProcess[] =>
  allProcesses().flatMap((view) => (belongs(view, folder) ? [{ ...view, run: runOf(view) }] : []));

/**
 * Whether a process belongs to the sandbox in `folder`: it has its mark, or is one of its programs, or a
 * pulumi that somebody runs on its stacks. An editor or a shell that has a file of the folder open is none of
 * these.
 */
export function belongs({ program, command, environment }: ProcessView, folder: string): boolean {
  if (environment.includes(`${ownerVariable}=${folder}`)) return true;
  if (command.startsWith(`${folder}/`)) return true;
  const stateHere = environment.some(
    (one) => one.startsWith('PULUMI_BACKEND_URL=file://') && one.includes(`${folder}/`),
  );
  return basename(program).startsWith('pulumi') && stateHere;
}

const runOf = ({ environment }: ProcessView): string | undefined =>
  environment.find((one) => one.startsWith(`${runVariable}=`))?.slice(runVariable.length + 1);

/** How long the ended get at each signal, in seconds. */
export interface Patience {
  interrupt: number;
  terminate: number;
}

/**
 * Ends processes: pulumi is interrupted first, so that it finishes the resource it is at and gives up its
 * lock; whatever still runs is terminated, and in the end killed.
 *
 * @param find asked again before each signal, since a process may start others while it ends
 */
export async function endProcesses(
  find: () => ProcessView[],
  { interrupt, terminate }: Patience,
): Promise<void> {
  const engines = () => find().filter(isEngine);
  await signalled(engines, 'SIGINT', interrupt);
  await signalled(find, 'SIGTERM', terminate);
  await signalled(find, 'SIGKILL', 5);
}

/** Pulumi itself, be it run by an interpreter, and not a plugin or language host: those end when it does. */
const isEngine = ({ command }: ProcessView): boolean =>
  command
    .split(' ', 2)
    .map((word) => basename(word))
    .includes('pulumi');

async function signalled(find: () => ProcessView[], signal: NodeJS.Signals, seconds: number): Promise<void> {
  for (const { pid } of find()) send(pid, signal);
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end && find().length > 0) await sleep(100);
}

/**
 * Sends a signal to a process, or with a negative id to its group. One that has ended meanwhile is no error.
 */
export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function fromProc(): ProcessView[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    const [program = '', ...args] = readIfThere(`/proc/${pid}/cmdline`).split('\0');
    // Kernel threads and zombies have none.
    if (program === '') return [];
    const environment = readIfThere(`/proc/${pid}/environ`).split('\0');
    return [{ pid: Number(pid), program, command: [program, ...args].join(' ').trim(), environment }];
  });
}

/** `ps -E` of macOS puts the environment behind the arguments. */
function fromPs(): ProcessView[] {
  const text = execFileSync('ps', ['-A', '-E', '-ww', '-o', 'pid=,command='], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return text.split('\n').flatMap((line) => {
    const [, pid, command] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    if (pid === undefined || command === undefined) return [];
    const words = command.split(' ');
    return [{ pid: Number(pid), program: words[0] ?? '', command, environment: words }];
  });
}

/** A process may end between two looks at it, and another user's environment may not be read. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
