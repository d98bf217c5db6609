import { cpSync, existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { execa, type Options } from 'execa';
import { command, run, UserError, wholeNumber } from '../../tools/command-line';
import { environment } from '../sandbox/environment';
import { repository, state } from '../sandbox/paths';
import { stackFileOf } from '../sandbox/stacks';

/** A preview of the unchanged central stack may cost this many times an empty program's. */
const mostPreview = 3;

/** Seconds that `npm run render` of all committed stacks may take. */
const mostRender = 10;

const emptyProject = join(state, 'empty');

/** Seconds that a command takes. @throws ExecaError with its output when it fails */
async function seconds(file: string, args: string[], options: Options): Promise<number> {
  const start = performance.now();
  await execa(file, args, { ...options, stdin: 'ignore', all: true });
  return (performance.now() - start) / 1000;
}

/** A folder of its own with this repository's packages, so that the engine looks up the same plugins. */
async function makeEmptyProject(env: Options['env']): Promise<void> {
  if (existsSync(emptyProject)) return;
  cpSync(join(repository, 'proof', 'bench', 'empty'), emptyProject, { recursive: true });
  symlinkSync(join(repository, 'node_modules'), join(emptyProject, 'node_modules'));
  writeFileSync(join(emptyProject, 'Pulumi.yaml'), 'name: empty\nruntime: nodejs\n');
  await execa('pulumi', ['stack', 'init', 'empty', '--non-interactive'], { cwd: emptyProject, env });
}

const summary = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? NaN;
  return { min: at(0), median: at(0.5), max: at(1) };
};

const row = (name: string, { min, median, max }: ReturnType<typeof summary>) => {
  console.log(
    `${name.padEnd(34)} ${[min, median, max].map((v) => `${v.toFixed(2)} s`.padStart(9)).join('')}`,
  );
};

/** Previews both programs in turn, so that a noisy machine disturbs both alike, then times the render. */
async function measure(runs: number): Promise<void> {
  if (!existsSync(stackFileOf('cluster-01')))
    throw new UserError('there is no sandbox yet. Run: npm run sandbox');
  const env = environment() as Options['env'];
  await makeEmptyProject(env);
  const preview = ['preview', '--non-interactive', '--suppress-outputs', '--stack'];
  const full: number[] = [];
  const empty: number[] = [];
  const config = ['--config-file', stackFileOf('cluster-01'), '--expect-no-changes'];
  for (let i = 0; i < runs; i++) {
    full.push(await seconds('pulumi', [...preview, 'cluster-01', ...config], { cwd: repository, env }));
    empty.push(await seconds('pulumi', [...preview, 'empty'], { cwd: emptyProject, env }));
  }
  const render = [];
  for (let i = 0; i < 3; i++) render.push(await seconds('npm', ['run', 'render'], { cwd: repository }));

  console.log(`${''.padEnd(34)}      min   median      max`);
  row('preview of cluster-01, unchanged', summary(full));
  row('preview of an empty program', summary(empty));
  row('render of all four stacks', summary(render));
  const ratio = summary(full).median / summary(empty).median;
  const passed = ratio <= mostPreview && summary(render).median <= mostRender;
  console.log(
    `preview: ${ratio.toFixed(2)} times empty (at most ${mostPreview}); render: at most ${mostRender} s`,
  );
  process.exitCode = passed ? 0 : 1;
}

const program = command(
  'npm run bench --',
  'Times a preview of the unchanged central stack against that of an empty program, in turn, and the render of all ' +
    'committed stacks. Needs the sandbox. Exits with 1 when one is slower than it may be.',
)
  .option('--runs <number>', 'previews of each', wholeNumber(1), 7)
  .action(({ runs }) => measure(runs));

void run(program);
