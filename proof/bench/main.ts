import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { execa, type Options } from 'execa';
import { bounds } from '../../config/scalars';
import { command, run, UserError } from '../../tools/command-line';
import { wholeNumber, wholeNumbers } from '../../tools/option-values';
import { environment } from '../sandbox/environment';
import { repository, state } from '../sandbox/paths';
import { stackFileOf } from '../sandbox/stacks';
import { makeEmptyProject } from './empty-project';
import { writeFleet } from './fleet';
import { startOfProgram } from './start';

interface Amounts {
  /** Previews of each program. */
  runs: number;
  /** Numbers of edges for which the centre is previewed. */
  edges: number[];
  /** Number of edges that are rendered together with their centre. */
  render: number;
}

/** Seconds that a command takes. @throws UserError with its output when it fails */
async function seconds(file: string, args: string[], options: Options): Promise<number> {
  const start = performance.now();
  const { failed, all } = await execa(file, args, { ...options, stdin: 'ignore', all: true, reject: false });
  if (failed) throw new UserError(`${file} ${args.join(' ')} failed:\n${String(all)}`, { exitCode: 1 });
  return (performance.now() - start) / 1000;
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? NaN;

const row = (name: string, values: readonly number[]) => {
  const figures = [Math.min(...values), median(values), Math.max(...values)];
  console.log(`${name.padEnd(44)} ${figures.map((v) => `${v.toFixed(2)} s`.padStart(9)).join('')}`);
};

/** Prints each figure as it comes, since the last ones take minutes. */
async function measure({ runs, edges, render }: Amounts): Promise<void> {
  if (!existsSync(stackFileOf('cluster-01')))
    throw new UserError('there is no sandbox yet. Run: npm run sandbox');
  const env = environment() as Options['env'];
  const emptyProject = join(state, 'empty');
  await makeEmptyProject(emptyProject, env);
  const preview = (project: string, stack: string, ...flags: string[]) =>
    seconds('pulumi', ['preview', '--non-interactive', '--suppress-outputs', '--stack', stack, ...flags], {
      cwd: project,
      env,
    });
  const previewCentre = (file: string, ...flags: string[]) =>
    preview(repository, 'cluster-01', '--config-file', file, ...flags);

  console.log(`Node.js ${process.version}${''.padEnd(33)}      min   median      max`);
  const full: number[] = [];
  const empty: number[] = [];
  const starts: number[] = [];
  // In turn, so that a noisy machine disturbs both alike.
  for (let i = 0; i < runs; i++) {
    full.push(await previewCentre(stackFileOf('cluster-01'), '--expect-no-changes'));
    empty.push(await preview(emptyProject, 'empty'));
    starts.push(await startOfProgram());
  }
  row('start: the program compiled and loaded', starts);
  row('preview of cluster-01, unchanged', full);
  row('preview of an empty program', empty);
  console.log(`${(median(full) / median(empty)).toFixed(2)} times empty; the aim is at most 3.0`);

  // Of the sandbox, so that it goes with it if this run is ended by a signal.
  const folder = join(state, 'bench');
  rmSync(folder, { recursive: true, force: true });
  try {
    for (const count of edges) {
      const [centre] = writeFleet(
        stackFileOf('cluster-01'),
        count,
        repository,
        join(folder, `preview-${count}`),
      );
      row(`preview of the centre with ${count} edges`, [await previewCentre(centre ?? '')]);
    }
    const rendering = (...args: string[]) =>
      seconds('npm', ['run', 'render', '--', ...args], { cwd: repository });
    row('render of the committed stacks', [await rendering(), await rendering(), await rendering()]);
    const committed = join(repository, 'Pulumi.cluster-01.yaml');
    const fleet = writeFleet(committed, render, repository, join(folder, 'render'));
    row(`render of ${fleet.length} stacks; the aim is at most 20 s`, [
      await rendering(...fleet, '--out', join(folder, 'rendered')),
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const someRuns = { least: 1, most: 1000, why: 'all run one after the other' };
const someEdges = { least: 1, most: bounds.edges, why: 'a stack file may hold no more (docs/config.md)' };

const program = command(
  'npm run bench --',
  'Times the start of the program, a preview of the unchanged central stack against that of an empty program, ' +
    'previews of a centre with more edges, and the render of a whole fleet. Needs the sandbox. Prints figures and aims and judges nothing: one edge ' +
    'more, or a busy machine, is no fault.',
)
  .option('--runs <number>', 'previews of each program', wholeNumber(someRuns), 7)
  .option('--edges <numbers>', 'edges of the centre that is previewed', wholeNumbers(someEdges), [3, 50, 200])
  .option('--render <number>', 'edges that are rendered with their centre', wholeNumber(someEdges), 400)
  .action(measure);

void run(program);
