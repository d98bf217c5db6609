import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { AlertmanagerFile } from '../../../components/prometheus-stack/alertmanager-config';
import { templateGlob } from '../../../components/prometheus-stack/alertmanager-templates';
import { fullKey } from '../../../config/namespaces';
import { deployFleet } from '../../../tools/render/fleet';
import { configIn } from '../../../tools/render/stack-file-content';
import { stackConfig } from '../../../tools/render/stack-file';
import { committedStacks } from '../../sandbox/committed-stacks';
import { repository } from '../../sandbox/paths';

/**
 * What a central stack would deploy of Alertmanager: read from the values of its release, not from what
 * makes them.
 */
export interface RenderedAlertmanager {
  config: AlertmanagerFile;
  templateFiles: Readonly<Record<string, string>>;
}

/**
 * The committed central stack's Alertmanager.
 *
 * @param changes keys of the stack file that are other than committed
 */
export async function renderedAlertmanager(
  changes: Readonly<Record<string, unknown>> = {},
): Promise<RenderedAlertmanager> {
  const { central } = committedStacks();
  const path = join(repository, `Pulumi.${central}.yaml`);
  const changed = Object.fromEntries(Object.entries(changes).map(([key, value]) => [fullKey(key), value]));
  const [deployment] = await deployFleet([
    { path, ...stackConfig(central, { ...configIn(path), ...changed }) },
  ]);
  const values = deployment?.resources
    .map(
      ({ inputs }) => (inputs as { values?: { alertmanager?: RenderedAlertmanager } }).values?.alertmanager,
    )
    .find((found) => found !== undefined);
  if (!values) throw new Error(`${path} renders no release with an Alertmanager`);
  return values;
}

/**
 * Writes a configuration as the operator hands it to Alertmanager, with the paths of its pod moved into a
 * folder.
 *
 * @param change made in the text of the configuration, such as another address
 * @returns the path of the configuration file
 */
export function written(
  { config, templateFiles }: RenderedAlertmanager,
  folder: string,
  change: (text: string) => string = (text) => text,
): string {
  const file = join(folder, 'alertmanager.yaml');
  const moved = stringify({ ...config, templates: [join(folder, '*.tmpl')] }).replaceAll(
    '/etc/alertmanager/secrets',
    join(folder, 'secrets'),
  );
  if (!config.templates.includes(templateGlob)) throw new Error('the configuration loads no templates');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, change(moved));
  for (const [name, text] of Object.entries(templateFiles)) writeFileSync(join(folder, name), text);
  return file;
}
