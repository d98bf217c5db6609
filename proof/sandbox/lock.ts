import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { startOf } from './processes';

/** Who holds the sandbox. */
export interface Holder {
  pid: number;
  /** When the process started (`startOf`): its id may later be another's. */
  started: string;
  /** A home folder may be shared between machines. */
  host: string;
  /** What was run, for people. */
  command: string;
  /** What it does with the sandbox, such as `being started`. */
  doing: string;
  /** ISO 8601. */
  since: string;
}

/** The sandbox is in use by another process. */
export class SandboxBusy extends Error {
  override name = 'SandboxBusy';

  constructor({ pid, command, doing, since, host }: Holder, file: string) {
    const here = host === hostname();
    super(
      `A sandbox is ${doing} by process ${pid}${here ? '' : ` on ${host}`} (${command}, since ${since}). ` +
        (here
          ? 'Wait until it has ended, or end it with Ctrl-C where it runs.'
          : `This machine cannot see whether it still runs; if it does not, remove ${file}.`),
    );
  }
}

/**
 * Takes the sandbox for this process, until it ends. What a process left that no longer runs is taken over.
 *
 * The file is complete when it appears (a hard link of one written before), so whoever finds it can say who
 * holds it.
 *
 * @returns gives it back; also to be called when the process ends
 * @throws SandboxBusy when another process has it
 */
export function takeSandbox(file: string, command: string, doing: string): () => void {
  const holder: Holder = {
    pid: process.pid,
    started: startOf(process.pid) ?? '',
    host: hostname(),
    command,
    doing,
    since: new Date().toISOString(),
  };
  const text = JSON.stringify(holder);
  const mine = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(mine, text);
  try {
    while (!linked(mine, file)) takeAway(file, mine);
  } finally {
    rmSync(mine, { force: true });
  }
  return () => {
    if (readIfThere(file) === text) rmSync(file, { force: true });
  };
}

function linked(existing: string, name: string): boolean {
  try {
    linkSync(existing, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Takes a dead process's file away. Of two that find it at the same time the slower may move the file of the
 * faster one instead: it sees that and puts it back.
 *
 * @throws SandboxBusy when the process runs
 */
function takeAway(file: string, mine: string): void {
  const text = readIfThere(file);
  if (text === undefined) return;
  const holder = JSON.parse(text) as Holder;
  if (alive(holder)) throw new SandboxBusy(holder, file);
  const moved = `${mine}.dead`;
  try {
    renameSync(file, moved);
  } catch {
    return;
  }
  if (readIfThere(moved) !== text) linked(moved, file);
  rmSync(moved, { force: true });
}

/** A process of another machine counts as running: nobody here can know. */
const alive = ({ pid, started, host }: Holder): boolean => host !== hostname() || startOf(pid) === started;

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
