import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { CommandError, run } from './command';
import { repository, toolLinks } from './paths';
import { kubernetesPlugin, linkTool, onPath, provide } from './tools';

/** The providers of the stacks. */
export const plugins = ['kubernetes', 'random', 'tls', 'minio'] as const;
export type Plugin = (typeof plugins)[number];

/** Seconds that a plugin's download may take. */
const installTimeout = 60;

/** Version of the SDK in node_modules, which is the plugin's own. */
export function pluginVersion(plugin: Plugin): string {
  const file = join(repository, 'node_modules', '@pulumi', plugin, 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/**
 * Finds or installs the real plugin of a provider, or puts a substitute in its place. What a sandbox began
 * with it keeps until `down`: the two keep different state.
 *
 * @returns which one is used, for people
 */
export async function providePlugin(plugin: Plugin): Promise<string> {
  const name = `pulumi-resource-${plugin}`;
  const substitute = join(repository, 'proof', 'sandbox', 'plugins', 'bin', name);
  const chosen = join(toolLinks, name);
  if (existsSync(chosen) && realpathSync(chosen) === substitute)
    return 'substitute in sandbox/plugins, as before';
  const found = await onPath({ name });
  if (found !== undefined) return `real, ${found}`;
  if (plugin === 'kubernetes' && existsSync(chosen)) return `real, ${await provide(kubernetesPlugin)}`;
  const version = pluginVersion(plugin);
  if (installed(plugin, version)) return 'real, installed earlier';
  if (await install(plugin, version)) return 'real, installed';
  if (plugin === 'kubernetes') return `real, ${await provide(kubernetesPlugin)}`;
  linkTool(name, substitute);
  return 'substitute in sandbox/plugins, the real one cannot be had';
}

function installed(plugin: Plugin, version: string): boolean {
  const home = process.env['PULUMI_HOME'] ?? join(homedir(), '.pulumi');
  return existsSync(join(home, 'plugins', `resource-${plugin}-v${version}`, `pulumi-resource-${plugin}`));
}

async function install(plugin: Plugin, version: string): Promise<boolean> {
  try {
    await run(join(toolLinks, 'pulumi'), ['plugin', 'install', 'resource', plugin, version], {
      env: { PULUMI_SKIP_UPDATE_CHECK: '1' },
      log: `plugin-${plugin}`,
      timeout: installTimeout,
    });
    return true;
  } catch (error) {
    if (error instanceof CommandError) return false;
    throw error;
  }
}
