import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mcConfig } from './object-store';
import { shellWord } from '../../checks/shell-word';
import { state, toolLinks } from './paths';
import { pulumiHome } from './pulumi-home';

/** Folder of the stacks' states. */
export const backend = join(state, 'pulumi');
const passphrase = join(state, 'passphrase');
const temporary = join(state, 'tmp');

/**
 * Makes the folders of the stacks' states and of temporary files,
 * and the passphrase that encrypts their secrets.
 */
export function prepareBackend(): void {
  mkdirSync(backend, { recursive: true, mode: 0o700 });
  mkdirSync(temporary, { recursive: true, mode: 0o700 });
  if (!existsSync(passphrase)) writeFileSync(passphrase, randomBytes(24).toString('hex'), { mode: 0o600 });
}

/** What pulumi and mc need besides PATH. */
const settings: Readonly<Record<string, string>> = {
  PULUMI_BACKEND_URL: pathToFileURL(backend).href,
  PULUMI_CONFIG_PASSPHRASE_FILE: passphrase,
  PULUMI_HOME: pulumiHome,
  PULUMI_IGNORE_AMBIENT_PLUGINS: 'true',
  // Without it, each preview tries to download plugins again.
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
  PULUMI_SKIP_UPDATE_CHECK: '1',
  MC_CONFIG_DIR: mcConfig,
};

/**
 * The environment in which the sandbox runs pulumi. Its temporary files go with the sandbox: the Kubernetes
 * provider leaves a kubeconfig there, with the client's key, at every run.
 */
export const environment = (): Record<string, string | undefined> => ({
  ...settings,
  TMPDIR: temporary,
  PATH: [toolLinks, process.env['PATH'] ?? ''].join(delimiter),
  // Set, even to nothing, it would win over the file.
  PULUMI_CONFIG_PASSPHRASE: undefined,
});

/** The same as lines for a shell to evaluate. */
export const exportLines = (): string =>
  [
    ...Object.entries(settings).map(([name, value]) => `export ${name}=${shellWord(value)}`),
    `export PATH=${shellWord(toolLinks)}:"$PATH"`,
    'unset PULUMI_CONFIG_PASSPHRASE',
  ].join('\n');
