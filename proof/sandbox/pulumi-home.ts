import { existsSync, mkdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { repository, state, toolLinks } from './paths';
import { findPlugin, plugins, sdkVersion } from './plugins';

/**
 * Folder of pulumi's own files. The plugins of the sandbox are put where pulumi keeps those that it installed
 * itself: of one that it finds on PATH it says so in a warning, several times at every preview.
 */
export const pulumiHome = join(state, 'pulumi-home');

/**
 * Puts every plugin into `pulumiHome`: that of the sandbox's PATH, or the one that pulumi installed for the
 * user.
 *
 * @throws Error that names the plugin that is nowhere
 */
export function fillPulumiHome(): void {
  for (const plugin of plugins) {
    const name = `pulumi-resource-${plugin}`;
    const file = onSandboxPath(name) ?? findPlugin(plugin);
    if (file === undefined)
      throw new Error(`there is no ${name}, neither on PATH nor among pulumi's plugins`);
    put('resource', plugin, sdkVersion(plugin), file);
  }
  // Pulumi finds the language host beside itself; only where the two come from different places it does not.
  const host = onSandboxPath('pulumi-language-nodejs');
  if (host !== undefined) put('language', 'nodejs', '3.0.0', host);
}

/** The providers whose plugins are this repository's substitutes. */
export const substituted = (): string[] =>
  plugins.filter((plugin) => {
    const link = join(toolLinks, `pulumi-resource-${plugin}`);
    return existsSync(link) && realpathSync(link).startsWith(join(repository, 'proof', 'sandbox', 'plugins'));
  });

/** Pulumi looks for a plugin by the name of its folder, which holds the version that the SDK asks for. */
function put(kind: 'resource' | 'language', name: string, version: string, file: string): void {
  const folder = join(pulumiHome, 'plugins', `${kind}-${name}-v${version}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const link = join(folder, `pulumi-${kind}-${name}`);
  rmSync(link, { force: true });
  symlinkSync(realpathSync(file), link);
}

/**
 * The first file of that name on the sandbox's PATH; npm puts folders of its packages first, which are passed
 * over.
 */
const onSandboxPath = (name: string): string | undefined =>
  [toolLinks, ...(process.env['PATH'] ?? '').split(delimiter)]
    .filter((folder) => folder !== '' && !folder.includes('node_modules'))
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
