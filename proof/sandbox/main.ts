import { rmSync } from 'node:fs';
import { parse, type Arguments } from './arguments';
import { chartSource, type ChartSource } from './charts';
import { deleteCluster, givenCluster, readGiven, startCluster } from './clusters';
import { exportLines, prepareBackend } from './environment';
import { guide } from './guide';
import { type ObjectStore, startObjectStore, stopObjectStore } from './object-store';
import { state } from './paths';
import { recorded, remember, type Sandbox } from './record';
import { configure, outputs, remove, show, type Stack, stacks, up, type Verb } from './stacks';
import { runSteps, type Step, type Steps } from './progress';
import { allProvided, lockSteps, toolSteps } from './tools/steps';

/** Everything up to stacks that can be deployed. */
async function prepare({
  kubeconfigs,
  address,
}: Arguments): Promise<{ sandbox: Sandbox; store: ObjectStore }> {
  const given = Object.keys(kubeconfigs).length > 0;
  const before = recorded();
  if (before && before.given !== given) {
    throw new Error(
      `the sandbox that exists was started ${before.given ? 'with' : 'without'} --kubeconfig. ` +
        'Do the same again, or first run: npm run sandbox -- down',
    );
  }
  const sandbox: Sandbox = { given, clusters: {} };
  let charts: ChartSource | undefined;
  let store: ObjectStore | undefined;
  for (const [name, file] of Object.entries(kubeconfigs)) readGiven(name, file);
  prepareBackend();

  const cluster = (name: Stack): Step => ({
    title: `Kubernetes ${name}`,
    run: async () => {
      // From here on there is something that `down` has to know of.
      remember({ ...before, ...sandbox });
      const file = kubeconfigs[name];
      const access = file === undefined ? await startCluster(name) : await givenCluster(name, file);
      sandbox.clusters[name] = access;
      return access.server;
    },
  });
  const steps: Steps = [
    ...toolSteps(),
    {
      title: 'charts',
      run: async () => (charts = await chartSource()).description,
    },
    // One after the other: kwokctl would give two clusters that start at once the same ports.
    ...stacks.map(cluster),
    {
      title: 'MinIO',
      run: async () => {
        store = await startObjectStore(address);
        return `http://${store.address}:${store.port}`;
      },
    },
    {
      title: 'stack files',
      run: async () => {
        remember(sandbox);
        for (const stack of stacks) {
          const access = sandbox.clusters[stack];
          if (access && store) await configure(stack, { cluster: access, charts: charts?.directory }, store);
        }
        return stacks.join(', ');
      },
    },
  ];
  await runSteps(steps);
  if (!store) throw new Error('MinIO was not started');
  return { sandbox, store };
}

/** The main job: from nothing to outputs. */
async function everything(args: Arguments): Promise<void> {
  const { sandbox, store } = await prepare(args);
  await runSteps(stacks.map((stack) => ({ title: `pulumi up ${stack}`, run: () => up(stack) })));
  const [central, edge] = await Promise.all(stacks.map(outputs));
  console.log(guide(sandbox, store, { 'cluster-01': central ?? {}, 'cluster-02': edge ?? {} }));
}

/** Runs pulumi on the stacks that were asked for; edges are destroyed before the centre that they read. */
async function pulumi(verb: Verb, args: Arguments): Promise<void> {
  const asked = stacks.filter((stack) => args.stacks.length === 0 || args.stacks.includes(stack));
  for (const stack of verb === 'destroy' ? asked.toReversed() : asked) {
    const code = await show(verb, stack, args.pulumi);
    if (code !== 0) {
      process.exitCode = code;
      return;
    }
  }
}

/** Removes everything but the built tools. Clusters that were given keep running, less what the stacks put there. */
async function down(): Promise<void> {
  const sandbox = recorded();
  const destroyed = stacks.toReversed().map((stack) => ({
    title: `pulumi destroy ${stack}`,
    run: () => remove(stack),
  }));
  await runSteps([
    ...(sandbox?.given ? destroyed : []),
    [
      ...(sandbox?.given ? [] : stacks).map((name) => ({
        title: `Kubernetes ${name}`,
        run: () => deleteCluster(name).then(() => 'gone'),
      })),
      { title: 'MinIO', run: () => stopObjectStore().then(() => 'gone') },
    ],
    {
      title: 'state',
      run: () => {
        rmSync(state, { recursive: true, force: true });
        return Promise.resolve('gone');
      },
    },
  ]);
}

async function main(): Promise<void> {
  const args = parse(process.argv.slice(2), stacks);
  switch (args.command) {
    case 'all':
      return everything(args);
    case 'tools':
      if (args.lock) return runSteps(lockSteps());
      if (!args.check) return runSteps(toolSteps());
      process.exitCode = (await allProvided()) ? 0 : 1;
      return;
    case 'down':
      return down();
    case 'up':
      await prepare(args);
      return pulumi('up', args);
    case 'preview':
    case 'destroy':
    case 'env':
      if (!recorded()) throw new Error('there is no sandbox yet. Run: npm run sandbox');
      if (args.command !== 'env') return pulumi(args.command, args);
      console.log(exportLines());
  }
}

main().catch((error: unknown) => {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
