import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { capacityKeys } from '../../config/central';
import { stackFilesIn } from '../../tools/render/stack-file';
import { configIn } from '../../tools/render/stack-file-content';

type Settings = Record<string, unknown>;

/**
 * No check of the capacity refuses what is timed here; the sizes stay, since volumes that grow are another
 * preview.
 */
const anySize: Settings = {
  'monitoring:acceptedRisks': Object.fromEntries(
    capacityKeys.map((key) => [key, 'only previewed, never deployed']),
  ),
};

const nameOf = (index: number) => `edge-${String(index).padStart(3, '0')}`;

/**
 * Writes the stack files of a central cluster and of its edges, all alike but for their names.
 *
 * @param central the central stack's file, as it is deployed or committed
 * @param folder is made
 * @returns the files, the central one first
 */
export function writeFleet(central: string, edges: number, repository: string, folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  const names = Array.from({ length: edges }, (_, i) => nameOf(i + 1));
  const { config: centre, ...salt } = contentOf(central);
  const edge = stackFilesIn(repository)
    .map(configIn)
    .find((config) => config['monitoring:role'] === 'edge');
  const write = (stack: string, config: Settings, rest: Settings = {}) => {
    const path = join(folder, `Pulumi.${stack}.yaml`);
    writeFileSync(path, stringify({ ...rest, config }));
    return path;
  };
  return [
    // With its salt: the encrypted values of a deployed one need it.
    write('cluster-01', { ...centre, ...anySize, 'monitoring:edges': names.map((name) => ({ name })) }, salt),
    ...names.map((name) =>
      write(name, {
        ...edge,
        'monitoring:cluster': {
          ...(edge?.['monitoring:cluster'] as Settings),
          name,
          server: `https://${name}.example.org`,
        },
      }),
    ),
  ];
}

const contentOf = (path: string) => parse(readFileSync(path, 'utf8')) as { config: Settings };
