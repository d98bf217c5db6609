import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { askVersion } from '../sandbox/plugin-version';
import { findPlugin, plugins, sdkVersion, substitute } from '../sandbox/plugins';

/**
 * Finds the real plugin of each provider, and puts the sandbox's substitute in the place of one that is not
 * installed.
 *
 * @param folder for links to the substitutes, to be put on PATH
 * @returns which is used, with its true version, for people
 * @throws Error when there is no plugin for Kubernetes
 */
export async function providePlugins(folder: string): Promise<string> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const chosen = plugins.map(async (plugin) => {
    const found = findPlugin(plugin);
    if (found !== undefined) return `${plugin} ${(await askVersion(found)) ?? 'of unknown version'}`;
    const instead = substitute(plugin);
    if (instead === undefined)
      throw new Error(
        `no pulumi-resource-${plugin}: run pulumi plugin install resource ${plugin} ${sdkVersion(plugin)}`,
      );
    symlinkSync(instead, join(folder, `pulumi-resource-${plugin}`));
    return `${plugin} by the substitute of proof/sandbox/plugins`;
  });
  return (await Promise.all(chosen)).join(', ');
}
