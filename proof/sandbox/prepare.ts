import { chartSource } from './charts';
import { allOf } from '../../tools/command-line';
import { givenCluster, startCluster } from './clusters';
import { prepareBackend } from './environment';
import { readKubeconfig } from './given-clusters';
import { type ObjectStore, startObjectStore } from './object-store';
import { runSteps, type Step } from './progress';
import { fillPulumiHome } from './pulumi-home';
import { recorded, remember, type Sandbox } from './record';
import { classesOf, type RealClusters } from './stack-config';
import { committed, configure } from './stacks';
import { toolSteps } from './tools/steps';

/** What a sandbox is to be made of. */
export interface Plan {
  /** The stacks, the central one first. */
  stacks: readonly string[];
  /** Kubeconfig files of clusters that exist already, by stack; empty: kwokctl starts them. */
  kubeconfigs: Readonly<Record<string, string>>;
  real: RealClusters;
  /** Where MinIO listens and the pods reach it; undefined: as before, else 127.0.0.1. */
  address: string | undefined;
}

/** Everything up to stacks that can be deployed. */
export async function prepare(plan: Plan): Promise<{ sandbox: Sandbox; store: ObjectStore }> {
  const before = recorded();
  const sandbox = begun(plan, before);
  const given = givenFiles(plan, before);
  allOf(
    Object.entries(given).map(
      ([name, file]) =>
        () =>
          readKubeconfig(name, file),
    ),
  );
  prepareBackend();
  let store: ObjectStore | undefined;

  const cluster = (name: string): Step => ({
    title: `Kubernetes ${name}`,
    run: async () => {
      // From here on there is something that `down` has to know of.
      remember(sandbox);
      const file = given[name];
      const access =
        file === undefined
          ? await startCluster(name, before?.clusters[name] !== undefined)
          : await givenCluster(name, file, classesOf(committed(name), sandbox.real ?? {}));
      sandbox.clusters[name] = access;
      remember(sandbox);
      return access.server;
    },
  });
  await runSteps([
    ...toolSteps(),
    {
      title: 'charts',
      run: async () => {
        fillPulumiHome();
        const { directory, description } = await chartSource();
        Object.assign(sandbox, { charts: directory, chartsFrom: description });
        return description;
      },
    },
    // One after the other: kwokctl would give two clusters that start at once the same ports.
    ...plan.stacks.map(cluster),
    {
      title: 'MinIO',
      run: async () => {
        store = await startObjectStore(plan.address);
        return `http://${store.address}:${store.port}`;
      },
    },
    {
      title: 'stack files',
      run: async () => {
        for (const stack of plan.stacks) if (store) await configure(stack, sandbox, store);
        return plan.stacks.join(', ');
      },
    },
  ]);
  if (!store) throw new Error('MinIO was not started');
  return { sandbox, store };
}

/**
 * The sandbox that is there, or a new one.
 *
 * @throws Error when the one that is there has clusters of the other kind
 */
function begun(plan: Plan, before: Sandbox | undefined): Sandbox {
  const given = Object.keys(plan.kubeconfigs).length > 0;
  if (before && given && !before.real) {
    throw new Error(
      'the sandbox that exists has clusters of its own. First run: npm run sandbox -- down, then the same again',
    );
  }
  const real = given ? { ...before?.real, ...defined(plan.real) } : before?.real;
  return { ...before, ...(real && { real }), clusters: { ...before?.clusters } };
}

/** The kubeconfig files that are given now, or were when the sandbox was started. */
function givenFiles(plan: Plan, before: Sandbox | undefined): Record<string, string> {
  if (!before?.real) return plan.kubeconfigs;
  const earlier = Object.entries(before.clusters).map(([name, access]) => [name, access.kubeconfig] as const);
  const files: Record<string, string> = { ...Object.fromEntries(earlier), ...plan.kubeconfigs };
  const missing = plan.stacks.filter((stack) => files[stack] === undefined);
  if (missing.length === 0) return files;
  throw new Error(
    `the sandbox has clusters that were given: give ${missing.join(', ')} too, with --kubeconfig ${missing[0] ?? ''}=FILE`,
  );
}

const defined = (real: RealClusters): RealClusters =>
  Object.fromEntries(Object.entries(real).filter(([, value]) => value !== undefined));
