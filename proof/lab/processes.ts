import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { programPath } from '../../tools/programs';

let nextPort = 20_000 + Math.floor(Math.random() * 10_000);

/**
 * Port of the loopback interface that nobody listens on at this moment; a different one at each call. It is
 * below the range of the kernel's outgoing connections, one of which could take it before the program
 * listens.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = nextPort++;
    const server = createServer();
    const free = await new Promise<boolean>((done) => {
      server.once('error', () => {
        done(false);
      });
      server.listen(port, '127.0.0.1', () => {
        done(true);
      });
    });
    if (!free) continue;
    await new Promise((done) => server.close(done));
    return port;
  }
}

/** A process with an HTTP server that serves its metrics. */
export interface Program {
  process: Process;
  /** URL of the server, without path. */
  url: string;
}

/** Program that runs until it is stopped; its output goes to a file. */
export class Process {
  private readonly child: ChildProcess;
  private readonly exited: Promise<void>;

  private constructor(
    readonly name: string,
    binary: string,
    args: readonly string[],
    readonly log: string,
    env: NodeJS.ProcessEnv,
  ) {
    const output = createWriteStream(log, { flags: 'a' });
    this.child = spawn(binary, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout?.pipe(output, { end: false });
    this.child.stderr?.pipe(output, { end: false });
    this.exited = new Promise((done) => {
      this.child.once('exit', () => {
        done();
      });
    });
    running.add(this);
    void this.exited.then(() => running.delete(this));
  }

  /** Starts a program whose readiness the caller asks for by itself. */
  static launch(
    name: string,
    binary: string,
    args: readonly string[],
    { log, env = {} }: { log: string; env?: NodeJS.ProcessEnv },
  ): Process {
    return new Process(name, programPath(binary), args, log, env);
  }

  /**
   * Starts a program and waits until it is ready.
   *
   * @param ready URL that answers 200 when it is
   * @throws Error when it ends before, or is not ready after a minute
   */
  static async start(
    name: string,
    binary: string,
    args: readonly string[],
    { log, ready, env = {} }: { log: string; ready: string; env?: NodeJS.ProcessEnv },
  ): Promise<Process> {
    const started = Process.launch(name, binary, args, { log, env });
    for (const end = Date.now() + 60_000; Date.now() < end;) {
      if (started.child.exitCode !== null) break;
      if (await answers(ready)) return started;
      await sleep(100);
    }
    await started.kill();
    throw new Error(`${name} did not get ready; the end of ${log}:\n${tail(log)}`);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Resident set of the process in bytes, now and at its largest so far (Linux only). */
  memory(): { now: number; most: number } {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    const kibibytes = (key: string) => Number(new RegExp(`${key}:\\s+(\\d+) kB`).exec(status)?.[1] ?? NaN);
    return { now: kibibytes('VmRSS') * 1024, most: kibibytes('VmHWM') * 1024 };
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Bytes of the resident set that are no pages of files, now; undefined when the process has ended. */
  anonymous(): number | undefined {
    const file = `/proc/${this.pid}/status`;
    if (this.child.exitCode !== null || !existsSync(file)) return undefined;
    const kibibytes = /RssAnon:\s+(\d+) kB/.exec(readFileSync(file, 'utf8'))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
  }

  /** Ends the process by SIGTERM, as Kubernetes stops a pod. */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.exited;
  }

  /** Ends the process by SIGKILL, as the kernel does when memory is out. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }
}

const running = new Set<Process>();

// Whatever ends this program also ends what it has started.
process.on('exit', () => {
  for (const one of running) one.signal('SIGKILL');
});

/** Ends all processes that this run has started and not stopped. */
export async function killAll(): Promise<void> {
  await Promise.all([...running].map((one) => one.kill()));
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1000) })).ok;
  } catch {
    return false;
  }
}

const tail = (log: string) =>
  existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(-15).join('\n') : '(empty)';
