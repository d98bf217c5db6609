import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { stringify } from 'yaml';
import { clusterObjects } from './cluster-objects';
import { CommandError, run } from './command';
import { readKubeconfig } from './given-clusters';
import { clusterAccess, type ClusterAccess } from '../../tools/kubernetes/kubeconfig';
import { repository, state, toolLinks } from './paths';
import { endProcesses, processesOf } from './processes';
import { waitUntil } from './wait';

/** Class of the committed stacks' volumes. */
const storageClass = 'longhorn';

const tool = (name: string) => join(toolLinks, name);

/** kwokctl keeps a cluster's data, logs and process ids here. */
const environment = { KWOK_WORKDIR: join(state, 'kwok') };

const kubeconfigOf = (name: string) => join(state, 'kwok', `${name}.kubeconfig`);

/**
 * Starts a cluster with kwokctl, or uses the one that runs: etcd, API server, controller manager and
 * scheduler are real, node and pods are simulated.
 *
 * @param made whether an earlier run has finished making it; what one has left half made is made anew
 */
export async function startCluster(name: string, made: boolean): Promise<ClusterAccess> {
  const kubeconfig = kubeconfigOf(name);
  if (!made) await discard(name);
  if (!(await ready(kubeconfig))) {
    if (exists(name)) {
      await kwokctl(name, 'stop');
      await kwokctl(name, 'start');
    } else {
      await kwokctl(name, 'create', '--config', configure(name), '--kubeconfig', kubeconfig);
    }
    const logs = join(state, 'kwok', 'clusters', name, 'logs');
    await waitUntil(() => ready(kubeconfig), 120, `the API server of ${name} (logs: ${logs}) is not ready`);
  }
  await run(tool('kubectl'), ['--kubeconfig', kubeconfig, 'apply', '--server-side', '-f', '-'], {
    input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: clusterObjects(name, storageClass) }),
    log: `${name}-objects`,
    timeout: 120,
  });
  return clusterAccess(kubeconfig, readFileSync(kubeconfig, 'utf8'));
}

/** The classes that a stack's objects name. */
export interface Classes {
  storageclass: string | undefined;
  ingressclass: string | undefined;
}

/**
 * A cluster that exists already.
 *
 * @param classes without which claims and Ingresses would wait for ever
 * @throws CommandError when its API server does not answer within 10 s; Error when it lacks a class
 */
export async function givenCluster(name: string, file: string, classes: Classes): Promise<ClusterAccess> {
  const access = readKubeconfig(name, file);
  const asked = (...args: string[]) =>
    run(tool('kubectl'), ['--kubeconfig', access.kubeconfig, ...args, '--request-timeout=10s'], {
      log: `${name}-ready`,
    });
  await asked('get', '--raw', '/readyz');
  for (const [kind, option] of [
    ['storageclass', '--storage-class'],
    ['ingressclass', '--ingress-class'],
  ] as const) {
    const wanted = classes[kind];
    if (wanted === undefined) continue;
    const found = (await asked('get', kind, '--output=name')).split('\n').filter(Boolean);
    if (found.includes(`${kind}.${groupOf[kind]}/${wanted}`)) continue;
    const names = found.map((one) => one.replace(/^.*\//, ''));
    throw new Error(
      `${name} has no ${kind} ${wanted}; it has ${names.join(', ') || 'none'}. ` +
        `Give ${option} NAME${names.length === 0 ? `, after installing what brings one` : ''}.`,
    );
  }
  return access;
}

const groupOf = { storageclass: 'storage.k8s.io', ingressclass: 'networking.k8s.io' } as const;

/** Ends a cluster of kwokctl and forgets its data. */
async function deleteCluster(name: string): Promise<void> {
  if (existsSync(tool('kwokctl')) && exists(name)) {
    await kwokctl(name, 'delete', '--kubeconfig', kubeconfigOf(name));
  }
}

/** Ends a cluster, half made as it may be: what kwokctl cannot delete is ended by its processes. */
export async function discard(name: string): Promise<void> {
  try {
    await deleteCluster(name);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
  }
  const folder = join(state, 'kwok', 'clusters', name);
  const components = () => processesOf(state).filter(({ command }) => command.includes(`${folder}/`));
  await endProcesses(components, { interrupt: 0, terminate: 20 });
  rmSync(folder, { recursive: true, force: true });
}

/** Writes the configuration of a kwokctl cluster and returns its path. */
function configure(name: string): string {
  const folder = join(state, 'kwok');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const configuration = {
    apiVersion: 'config.kwok.x-k8s.io/v1alpha1',
    kind: 'KwokctlConfiguration',
    options: {
      runtime: 'binary',
      bindAddress: '127.0.0.1',
      etcdBinary: tool('etcd'),
      kubeApiserverBinary: tool('kube-apiserver'),
      kubeControllerManagerBinary: tool('kube-controller-manager'),
      kubeSchedulerBinary: tool('kube-scheduler'),
      kubectlBinary: tool('kubectl'),
      kwokControllerBinary: tool('kwok'),
      disableQPSLimits: true,
    },
    componentsPatches: [
      {
        name: 'kube-apiserver',
        extraArgs: [
          // No pod runs that could answer a webhook: each call would wait for its timeout, and then be let
          // through.
          {
            key: 'disable-admission-plugins',
            value: 'MutatingAdmissionWebhook,ValidatingAdmissionWebhook',
          },
        ],
      },
      // Nothing here outlives the machine; syncing to disk is most of an API server's time on a slow one.
      { name: 'etcd', extraArgs: [{ key: 'unsafe-no-fsync', value: 'true' }] },
    ],
  };
  const stages = readFileSync(join(repository, 'proof', 'sandbox', 'cluster', 'stages.yaml'), 'utf8');
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, `${stringify(configuration)}---\n${stages}`);
  return file;
}

async function kwokctl(name: string, verb: string, ...args: string[]): Promise<void> {
  await run(tool('kwokctl'), [verb, 'cluster', '--name', name, ...args], {
    env: environment,
    log: `${name}-${verb}`,
    timeout: 300,
    outlives: true,
  });
}

const exists = (name: string) => existsSync(join(state, 'kwok', 'clusters', name));

async function ready(kubeconfig: string): Promise<boolean> {
  if (!existsSync(kubeconfig)) return false;
  const args = ['--kubeconfig', kubeconfig, 'get', '--raw', '/readyz', '--request-timeout=5s'];
  return (await execa(tool('kubectl'), args, { reject: false })).exitCode === 0;
}
