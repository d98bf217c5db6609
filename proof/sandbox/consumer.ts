import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import { centralOutputs, type CentralOutputs } from '../../contract/central';
import { absenceRules, addresses, serviceMonitor } from '../../examples/consumer/objects';
import { Cluster, type KubernetesObject } from '../../tools/kubernetes/cluster';
import type { ClusterAccess } from '../../tools/kubernetes/kubeconfig';
import { CommandError, run } from './command';
import { environment } from './environment';
import { repository, state, toolLinks } from './paths';
import { outputs } from './pulumi';

const example = join(repository, 'examples', 'consumer');
/** Creating a stack writes a stack file, which is not to be in the repository. */
const project = join(state, 'consumer');
const stackFile = join(project, 'Pulumi.sandbox.yaml');
const pulumi = join(toolLinks, 'pulumi');

/** The consumer's own passphrase: it has not the one of the central stack. */
const own = (kubeconfig?: string) => ({
  ...environment(),
  ...(kubeconfig !== undefined && { KUBECONFIG: kubeconfig }),
  PULUMI_CONFIG_PASSPHRASE: 'of the team that owns the shop',
  PULUMI_CONFIG_PASSPHRASE_FILE: undefined,
});

const ask = (
  args: readonly string[],
  { cwd = example, kubeconfig }: { cwd?: string; kubeconfig?: string } = {},
) => run(pulumi, [...args, '--non-interactive'], { cwd, env: own(kubeconfig), log: 'consumer' });

/**
 * Deploys the example of a consumer (`examples/consumer/`) to the central cluster, as a team that does not
 * have the key of the central stack, reads its objects back, and removes it with its stack, also when
 * something failed.
 *
 * @param central the central stack, deployed
 * @returns lines for people that say what was seen
 * @throws Error that names what is not as it should be
 */
export async function consume(central: string, access: ClusterAccess): Promise<string[]> {
  await leave();
  const promised = centralOutputs.parse(await outputs(central));
  mkdirSync(project, { recursive: true, mode: 0o700 });
  writeFileSync(join(project, 'Pulumi.yaml'), 'name: shop\nruntime: nodejs\n');
  await ask(['stack', 'init', 'sandbox', '--no-select'], { cwd: project });
  const { kubeconfig, context } = access;
  const values = { central: `organization/monitoring/${central}`, context };
  for (const [key, value] of Object.entries(values)) {
    await ask(['config', 'set', `shop:${key}`, value, '--stack', 'sandbox'], { cwd: project });
  }
  try {
    const refused = await withoutKey(central);
    await ask(['up', '--yes', '--skip-preview', '--color=never', ...stack], { kubeconfig });
    const seen = await readBack(new Cluster(kubeconfig), promised);
    return [`pulumi stack output --show-secrets without the key: ${refused}`, ...seen];
  } finally {
    await ask(['destroy', '--yes', '--skip-preview', '--color=never', ...stack], { kubeconfig });
    await leave();
  }
}

const stack = ['--stack', 'sandbox', '--config-file', stackFile];

/** How pulumi refuses to decrypt the central stack's outputs for the consumer. */
async function withoutKey(central: string): Promise<string> {
  const reading = ask(['stack', 'output', '--json', '--show-secrets', '--stack', central], {
    cwd: repository,
  });
  const refusal = await reading.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(refusal instanceof CommandError))
    throw new Error(`a consumer without the key reads secrets of ${central}`);
  return /error: (.*)/.exec(refusal.message)?.[1] ?? refusal.message;
}

/** Compares what the API server has with what the outputs ask for. */
async function readBack(cluster: Cluster, promised: CentralOutputs): Promise<string[]> {
  type Read = KubernetesObject & { spec?: unknown; data?: unknown };
  const read = (kind: string) => cluster.get<Read>(kind, 'shop', 'shop');
  const wanted = [
    ['servicemonitors.monitoring.coreos.com', serviceMonitor(promised)],
    ['prometheusrules.monitoring.coreos.com', absenceRules(promised)],
    ['configmaps', addresses(promised)],
  ] as const;
  const lines: string[] = [];
  for (const [kind, content] of wanted) {
    const { spec, data } = await read(kind);
    const found = spec ?? data;
    if (!isDeepStrictEqual(found, content)) {
      throw new Error(`${kind} shop/shop is not what the outputs ask for:\n${stringify(found)}`);
    }
    lines.push(`${kind} shop/shop:\n${stringify(found).replaceAll(/^/gm, '  ').trimEnd()}`);
  }
  return lines;
}

/** Forgets the stack of an earlier run, whose resources are gone; of one that was killed it refuses to. */
async function leave(): Promise<void> {
  const known = JSON.parse(await ask(['stack', 'ls', '--json', '--project', 'shop'])) as { name: string }[];
  if (known.length > 0) await ask(['stack', 'rm', 'sandbox', '--yes'], { cwd: project });
  rmSync(project, { recursive: true, force: true });
}
