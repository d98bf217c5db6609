import { existsSync } from 'node:fs';
import { allOf, run as runProgram, UserError } from '../../tools/command-line';
import { alone } from './alone';
import { type Actions, type Asked, type ClusterOptions, program } from './arguments';
import { committedStacks, requireAll, requireCommitted, type CommittedStacks } from './committed-stacks';
import { consume } from './consumer';
import { deployShown } from './deploy';
import { exportLines } from './environment';
import { givenKubeconfigs } from './given-clusters';
import { guide } from './guide';
import { type ObjectStore, recordedObjectStore } from './object-store';
import { type Plan, prepare } from './prepare';
import { runSteps } from './progress';
import { outputs, showAtOnce, show, up } from './pulumi';
import { recorded, type Sandbox } from './record';
import { samplesOf } from './samples';
import { configure, deployed, stackFileOf } from './stacks';
import { down } from './teardown';
import { allProvided, lockSteps, toolSteps } from './tools/steps';

const actions: Actions = {
  everything: (clusters) => alone('being started', () => everything(clusters)),
  tools: async (how) => {
    if (how === 'provide') return alone('getting its tools', () => runSteps(toolSteps()));
    if (how === 'lock') return runSteps(lockSteps());
    process.exitCode = (await allProvided()) ? 0 : 1;
  },
  up: (asked, clusters, yes) => {
    if (!yes && !process.stdin.isTTY) {
      throw new UserError(
        'up asks before it deploys, and standard input is no terminal. Add --yes, or look first: npm run sandbox -- preview',
      );
    }
    return alone('being started', () => upAsked(asked, clusters, yes));
  },
  preview: (asked) => alone('in use', () => onEach(asked, (stack) => show('preview', stack, asked.flags))),
  destroy: (asked) =>
    alone('being taken down', () =>
      onEach(asked, (stack) => showAtOnce('destroy', stack, asked.flags), true),
    ),
  consumer: () => alone('in use', consumer),
  env: async () => {
    const { sandbox, store } = existing();
    const made = Object.keys(sandbox.clusters).filter((stack) => existsSync(stackFileOf(stack)));
    for (const stack of made) await configure(stack, sandbox, store);
    console.log(exportLines());
  },
  down: (forget) => alone('being removed', () => removed(forget)),
};

/** The main job: from nothing to outputs. */
async function everything(clusters: ClusterOptions): Promise<void> {
  const plan = chosen(clusters, committedStacks());
  const { stacks } = plan;
  const { sandbox, store } = await prepare(plan);
  await runSteps(stacks.map((stack) => ({ title: `pulumi up ${stack}`, run: () => up(stack) })));
  const shown = await Promise.all(stacks.map(async (stack) => [stack, await outputs(stack)] as const));
  console.log(guide(sandbox, store, Object.fromEntries(shown)));
  if (sandbox.real) await showSamples(sandbox, stacks);
}

/** Follows samples of each edge to a query: what a sandbox on real nodes is for. */
async function showSamples(sandbox: Sandbox, [central = '', ...edges]: readonly string[]): Promise<void> {
  const access = sandbox.clusters[central];
  if (!access) return;
  for (const edge of edges) {
    console.log(`\nAsking query-frontend for samples of ${edge}, which may take some minutes:`);
    console.log(await samplesOf(edge, central, access));
  }
}

/** What is to be deployed, and the kubeconfig of each cluster that was given. */
interface Chosen extends Omit<Plan, 'stacks'> {
  /** Those of the clusters that were given, now or earlier, else the central one and the first edge. */
  stacks: string[];
}

/** @throws UserError with everything that is wrong with the clusters that are given */
function chosen(clusters: ClusterOptions, committed: CommittedStacks): Chosen {
  const { central, edges } = committed;
  const before = recorded()?.real ? Object.keys(recorded()?.clusters ?? {}) : [];
  const kubeconfigs = givenKubeconfigs(clusters.kubeconfigs, committed, before);
  const all = [...new Set([...Object.keys(kubeconfigs), ...before])];
  const stacks = all.length === 0 ? [central, ...edges.slice(0, 1)] : order(all, central);
  return { ...clusters, kubeconfigs, stacks };
}

/** Starts what the stacks need, then shows, asks and deploys one after the other. */
async function upAsked({ stacks: named, flags }: Asked, clusters: ClusterOptions, yes: boolean) {
  const committed = committedStacks();
  const [plan] = allOf([
    () => chosen(clusters, committed),
    () => {
      requireAll(named, committed);
    },
  ]);
  const { central } = committed;
  const has = Object.keys(recorded()?.clusters ?? {});
  const asked = named.length > 0 ? named : has.length > 0 ? has : plan.stacks;
  // An edge reads the outputs of the central stack.
  const stacks = order([...new Set([...(deployed(central) ? [] : [central]), ...asked])], central);
  await prepare({ ...plan, stacks: order([...new Set([central, ...stacks])], central) });
  for (const stack of stacks) {
    const code = await deployShown(stack, yes, flags);
    if (code !== 0) {
      process.exitCode = code;
      return;
    }
  }
}

const order = (stacks: readonly string[], central: string) =>
  stacks.toSorted((a, b) => Number(b === central) - Number(a === central) || a.localeCompare(b));

/**
 * Runs pulumi on the stacks that were asked for, from their committed files as they are now.
 *
 * @param reversed edges are destroyed before the centre that they read
 */
async function onEach({ stacks }: Asked, action: (stack: string) => Promise<number>, reversed = false) {
  const { sandbox, store } = existing();
  const committed = committedStacks();
  allOf(
    stacks.map((stack) => () => {
      requireCommitted(stack, committed);
      if (sandbox.clusters[stack]) return;
      throw new UserError(
        `${stack} is not in the sandbox, which has ${Object.keys(sandbox.clusters).join(', ')}. ` +
          `Run: npm run sandbox -- up ${stack}`,
      );
    }),
  );
  const all = order(stacks.length > 0 ? stacks : Object.keys(sandbox.clusters), committed.central);
  for (const stack of reversed ? all.toReversed() : all) {
    await configure(stack, sandbox, store);
    const code = await action(stack);
    if (code !== 0) {
      process.exitCode = code;
      return;
    }
  }
}

/** Lets a team without the key use the outputs of the central stack. */
async function consumer(): Promise<void> {
  const { sandbox } = existing();
  const { central } = committedStacks();
  const access = sandbox.clusters[central];
  if (!access || !deployed(central)) {
    throw new UserError(`${central} is not deployed in the sandbox. Run: npm run sandbox -- up ${central}`);
  }
  console.log((await consume(central, access)).join('\n'));
}

function existing(): { sandbox: Sandbox; store: ObjectStore } {
  const sandbox = recorded();
  const store = recordedObjectStore();
  if (!sandbox || !store) throw new UserError('there is no sandbox yet. Run: npm run sandbox');
  return { sandbox, store };
}

async function removed(forget: boolean): Promise<void> {
  const left = await down(forget);
  if (left.length === 0) console.log('Nothing is left; the tools stay for the next time.');
  else {
    console.error(`\nStill there:\n${left.map((line) => `  ${line}`).join('\n')}`);
    process.exitCode = 1;
  }
}

void runProgram(program(actions));
