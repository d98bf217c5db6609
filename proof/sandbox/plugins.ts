import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { CommandError, run } from './command';
import { repository, toolLinks } from './paths';
import { askVersion } from './plugin-version';
import { build } from './tools/build';
import { builtFile, isBuilt, linkTool } from './tools/cache';
import { kubernetesPlugin } from './tools/catalog';
import { reachable } from './tools/fetching';
import { readMode } from './tools/mode';
import { executables } from './tools/path';

/** The providers of the stacks. */
export const plugins = ['kubernetes', 'random', 'tls', 'minio'] as const;
export type Plugin = (typeof plugins)[number];

/** Seconds that a plugin's download may take. */
const installTimeout = 120;

/** Where `pulumi plugin install` downloads from. */
export const releases = 'https://get.pulumi.com/releases/plugins';

/** Version of the SDK in node_modules, which the released plugin has too. */
export function sdkVersion(plugin: Plugin): string {
  const file = join(repository, 'node_modules', '@pulumi', plugin, 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/**
 * Finds the plugin that the engine would take: on PATH, else where `pulumi plugin install` puts the SDK's
 * version.
 */
export function findPlugin(plugin: Plugin): string | undefined {
  const name = `pulumi-resource-${plugin}`;
  const home = process.env['PULUMI_HOME'] ?? join(homedir(), '.pulumi');
  const installed = join(home, 'plugins', `resource-${plugin}-v${sdkVersion(plugin)}`, name);
  return executables(name)[0] ?? (existsSync(installed) ? installed : undefined);
}

/** What takes the place of a plugin that cannot be had; there is none for Kubernetes. */
export function substitute(plugin: Plugin): string | undefined {
  const file = join(repository, 'proof', 'sandbox', 'plugins', 'bin', `pulumi-resource-${plugin}`);
  return existsSync(file) ? file : undefined;
}

/**
 * Finds, installs or builds the real plugin of a provider, or puts a substitute in its place. What a sandbox
 * began with it keeps until `down`: the two keep different state.
 *
 * @returns which one is used and its true version, for people
 * @throws Error when the Kubernetes plugin cannot be had
 */
export async function providePlugin(plugin: Plugin, say: (doing: string) => void): Promise<string> {
  const name = `pulumi-resource-${plugin}`;
  const chosen = join(toolLinks, name);
  const kept = existsSync(chosen) ? realpathSync(chosen) : undefined;
  const replaced = substitute(plugin);
  if (kept !== undefined && kept === replaced) return `${await version(plugin, kept)}, as before`;
  const found = findPlugin(plugin);
  // A plugin that was built is on the sandbox's PATH and wins over an installed one.
  if (found !== undefined && kept === undefined) return version(plugin, found);
  if (kept === undefined && (await install(plugin))) return version(plugin, findPlugin(plugin) ?? name);
  if (replaced === undefined) {
    if (!isBuilt(kubernetesPlugin)) await buildPlugin(say);
    linkTool(name, builtFile(kubernetesPlugin));
    return version(plugin, builtFile(kubernetesPlugin));
  }
  linkTool(name, replaced);
  return version(plugin, replaced);
}

/** Whether the Kubernetes plugin would have to be built: then it goes into the build of the tools. */
export async function pluginMustBeBuilt(): Promise<boolean> {
  const mode = readMode();
  if (mode === 'path' || mode === 'download') return false;
  if (findPlugin('kubernetes') !== undefined || isBuilt(kubernetesPlugin)) return false;
  return mode === 'build' || !(await releasesAnswer());
}

/** Whether each plugin is there or has a substitute. */
export const pluginsThere = (): boolean =>
  plugins.every(
    (plugin) =>
      (findPlugin(plugin) ?? substitute(plugin)) !== undefined ||
      (readMode() !== 'path' && readMode() !== 'download' && isBuilt(kubernetesPlugin)),
  );

async function buildPlugin(say: (doing: string) => void): Promise<void> {
  const mode = readMode();
  if (mode === 'path' || mode === 'download')
    throw new Error(
      `SANDBOX_TOOLS=${mode}, and there is no pulumi-resource-kubernetes on PATH, nor can it be installed. Run ` +
        `pulumi plugin install resource kubernetes ${sdkVersion('kubernetes')}, or set SANDBOX_TOOLS=auto, which builds it.`,
    );
  await build([kubernetesPlugin], say);
}

async function install(plugin: Plugin): Promise<boolean> {
  const mode = readMode();
  if (mode === 'path' || mode === 'build' || !(await releasesAnswer())) return false;
  const mirror = process.env['SANDBOX_TOOLS_MIRROR'];
  try {
    await run(join(toolLinks, 'pulumi'), ['plugin', 'install', 'resource', plugin, sdkVersion(plugin)], {
      env: {
        PULUMI_SKIP_UPDATE_CHECK: '1',
        ...(mirror && {
          PULUMI_PLUGIN_DOWNLOAD_URL_OVERRIDES: `.*=${mirror}/${releases.replace('https://', '')}`,
        }),
      },
      log: `plugin-${plugin}`,
      timeout: installTimeout,
    });
    return true;
  } catch (error) {
    if (error instanceof CommandError) return false;
    throw error;
  }
}

/** Asked once a run: an offline machine waits for no answer twice. */
let answer: Promise<boolean> | undefined;
const releasesAnswer = (): Promise<boolean> =>
  (answer ??= reachable([releases]).then((answering) => answering.has(releases)));

/** The true version, with the SDK's where it is another. */
async function version(plugin: Plugin, file: string): Promise<string> {
  if (file === substitute(plugin)) return `substitute in proof/sandbox/plugins, the real one cannot be had`;
  const actual = (await askVersion(file))?.replace(/^v/, '');
  const sdk = sdkVersion(plugin);
  const other = actual === sdk ? '' : ` (the SDK is ${sdk})`;
  const built = file === builtFile(kubernetesPlugin) ? 'built from its Go module' : file;
  return `real, version ${actual ?? 'unknown'}${other}, ${built}`;
}
