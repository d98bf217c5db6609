import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RunError } from '@pulumi/pulumi';
import type { Stack } from './fleet';
import type { Deployment } from './registered';
import type { Answer, Question } from './edge-process';

/**
 * Edges for which a process is worth it: it loads the SDK anew, which takes as long as some thirty of them.
 */
const edgesOfProcess = 40;

/** How many processes render so many edges; 0 where this one alone is as fast. */
export function processesFor(edges: number, processors = availableParallelism()): number {
  const count = Math.min(processors, Math.floor(edges / edgesOfProcess));
  return count < 2 ? 0 : count;
}

/**
 * Processes that render edges, one for each processor. What an edge takes is the SDK's: promises and stack
 * traces for each property of each of its resources. They load it while the central stacks are deployed. `npm
 * run bench` times a fleet.
 *
 * Processes and not threads: tsx does not compile what a thread of Node 20 loads.
 */
export class EdgeProcesses {
  private constructor(private readonly processes: readonly ChildProcess[]) {}

  static start(count: number): EdgeProcesses {
    // As `npm run render` itself is started. What an edge leaves behind dies young, and 16 MiB for the young
    // make V8 copy what will be dead a moment later. With the debug texts that recorder.ts leaves out, 401
    // stacks take 12.9 s where they took 15.3 (`npm run bench -- --render 400`; in turn, same texts).
    const execArgv = ['--max-semi-space-size=64', '--import', pathToFileURL(require.resolve('tsx')).href];
    const child = () => fork(join(__dirname, 'edge-process.ts'), { serialization: 'advanced', execArgv });
    return new EdgeProcesses(Array.from({ length: count }, child));
  }

  /**
   * Renders edges.
   *
   * @param centres deployments of the central stacks, by stack
   * @returns the text of each edge, by stack
   * @throws what the program of the first edge that fails throws
   */
  async render(
    edges: readonly Stack[],
    centres: ReadonlyMap<string, Deployment>,
  ): Promise<Map<string, string>> {
    const files = edges.map(({ file }) => file);
    const answers = await Promise.all(
      this.processes.map((child, i) =>
        // In turn, so that edges that differ by their place in the list are shared out alike.
        ask(child, { files: files.filter((_, at) => at % this.processes.length === i), centres }),
      ),
    );
    const failed = answers
      .flatMap(({ failure }) => failure ?? [])
      .sort(
        (a, b) =>
          files.findIndex(({ path }) => path === a.path) - files.findIndex(({ path }) => path === b.path),
      );
    if (failed[0]) throw errorOf(failed[0]);
    return new Map(answers.flatMap(({ texts }) => texts));
  }

  /** Ends them, and waits until they have. */
  async close(): Promise<void> {
    const running = this.processes.filter(
      ({ exitCode, signalCode }) => exitCode === null && signalCode === null,
    );
    await Promise.all(
      running.map(async (child) => {
        const ended = once(child, 'exit');
        child.kill();
        await ended;
      }),
    );
  }
}

const ask = (child: ChildProcess, question: Question): Promise<Answer> =>
  new Promise((resolve, reject) => {
    child.once('message', (answer) => {
      resolve(answer as Answer);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      reject(new Error(`a process of the render ended before its answer, with ${String(code ?? signal)}`));
    });
    child.send(question);
  });

/** An error that a program threw in another process. */
function errorOf({ message, stack, refusal }: NonNullable<Answer['failure']>): Error {
  if (refusal) return new RunError(message);
  return Object.assign(new Error(message), { stack });
}
