import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { stackFilesIn } from '../../tools/render/stack-file';

type Settings = Record<string, unknown>;

/** Room for hundreds of edges of the default size, so that no check of the capacity refuses what is timed here. */
const room: Settings = {
  'monitoring:receive': {
    replicas: 1,
    storage: '2000Gi',
    resources: { requests: { memory: '900Gi' }, limits: { memory: '900Gi' } },
    routers: { resources: { requests: { memory: '40Gi' }, limits: { memory: '40Gi' } } },
    loadBalancer: { address: '192.0.2.10' },
  },
  'monitoring:store': { storage: '100Gi' },
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
  const centre = configOf(central);
  const edge = stackFilesIn(repository)
    .map(configOf)
    .find((config) => config['monitoring:role'] === 'edge');
  const write = (stack: string, config: Settings) => {
    const path = join(folder, `Pulumi.${stack}.yaml`);
    writeFileSync(path, stringify({ config }));
    return path;
  };
  return [
    write('cluster-01', { ...centre, ...room, 'monitoring:edges': names.map((name) => ({ name })) }),
    ...names.map((name) =>
      write(name, {
        ...edge,
        'monitoring:cluster': { ...(edge?.['monitoring:cluster'] as Settings), name },
      }),
    ),
  ];
}

const configOf = (path: string): Settings =>
  (parse(readFileSync(path, 'utf8')) as { config: Settings }).config;
