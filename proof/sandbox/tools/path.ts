import { spawn } from 'node:child_process';
import {
  accessSync,
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { toolLinks } from '../paths';
import { send } from '../processes';
import type { Tool } from './catalog';
import { atLeast } from './versions';

/** Milliseconds that a program may take to say its version. */
const patience = 20_000;

/** What PATH has of a tool. */
export interface OnPath {
  /** The first program that serves. */
  file?: string;
  /** Programs before it that are too old, each as a sentence for people. */
  tooOld: string[];
}

/** Every executable of that name on PATH, first come first. */
export function executables(name: string): string[] {
  // npm puts node_modules/.bin first; the launchers there download what they launch.
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '' && folder !== toolLinks && !folder.includes('node_modules'))
    .map((folder) => join(folder, name))
    .filter(executable);
}

/** Looks for a tool on PATH, passing over other programs of its name and versions that are too old. */
export async function onPath({ name, onPath: wanted }: Pick<Tool, 'name' | 'onPath'>): Promise<OnPath> {
  const tooOld: string[] = [];
  for (const file of executables(name)) {
    if (wanted === undefined) return { file, tooOld };
    const match = wanted.version.exec(await asked(file, wanted.args));
    if (!match) continue;
    const version = match[1];
    if (version === undefined || atLeast(version, wanted.least)) return { file, tooOld };
    tooOld.push(`${file} is ${version}, needed is ${wanted.least} or newer`);
  }
  return { tooOld };
}

/**
 * What a program prints when it is asked for its version. pulumi and mc would write a log and settings into
 * the user's home even then, so each gets a folder that goes with the answer.
 *
 * The answer goes into a file: a pipe would stay open for as long as a child of a wrapper holds it, also
 * after the wrapper has ended.
 */
async function asked(file: string, args: readonly string[]): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'sandbox-version-'));
  const answer = join(home, 'answer');
  const descriptor = openSync(answer, 'w');
  try {
    const child = spawn(file, args, {
      env: { ...process.env, PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: '1', MC_CONFIG_DIR: home },
      stdio: ['ignore', descriptor, 'ignore'],
      // A group of its own, so that its children end with it.
      detached: true,
    });
    const end = () => {
      if (child.pid !== undefined) send(-child.pid, 'SIGKILL');
    };
    const late = setTimeout(end, patience);
    await new Promise<void>((done) => {
      // What the system cannot start has no answer.
      for (const event of ['exit', 'error']) {
        child.once(event, () => {
          done();
        });
      }
    });
    clearTimeout(late);
    end();
    return readFileSync(answer, 'utf8');
  } finally {
    closeSync(descriptor);
    rmSync(home, { recursive: true, force: true });
  }
}

function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
