import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { repository } from '../sandbox/paths';

/** The providers of the stacks. */
const providers = ['kubernetes', 'random', 'tls', 'minio'];

/**
 * Finds the real plugin of each provider, and puts the sandbox's substitute in the place of one that is not
 * installed.
 *
 * @param folder for links to the substitutes, to be put on PATH
 * @returns which is used, for people
 * @throws Error when there is no plugin for Kubernetes
 */
export function providePlugins(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return providers
    .map((provider) => {
      const name = `pulumi-resource-${provider}`;
      const found = installed(provider) ?? onPath(name);
      if (found !== undefined) return `${provider} real`;
      const substitute = join(repository, 'proof', 'sandbox', 'plugins', 'bin', name);
      if (!existsSync(substitute))
        throw new Error(`no ${name}: run pulumi plugin install resource ${provider}`);
      symlinkSync(substitute, join(folder, name));
      return `${provider} by the substitute of sandbox/plugins`;
    })
    .join(', ');
}

/** The plugin of the SDK's own version, as `pulumi plugin install` leaves it. */
function installed(provider: string): string | undefined {
  const sdk = join(repository, 'node_modules', '@pulumi', provider, 'package.json');
  const { version } = JSON.parse(readFileSync(sdk, 'utf8')) as { version: string };
  const home = process.env['PULUMI_HOME'] ?? join(homedir(), '.pulumi');
  const file = join(home, 'plugins', `resource-${provider}-v${version}`, `pulumi-resource-${provider}`);
  return existsSync(file) ? file : undefined;
}

function onPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((f) => !f.includes('node_modules'));
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}
