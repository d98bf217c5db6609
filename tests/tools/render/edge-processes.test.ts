import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { document } from '../../../tools/render/document';
import { EdgeProcesses, processesFor } from '../../../tools/render/edge-processes';
import { deployAll, deployFleet, fleetOf } from '../../../tools/render/fleet';
import { readStackFiles } from '../../../tools/render/stack-file';
import { temporaryFolder } from '../../support/temporary-folder';

jest.setTimeout(120_000);

const folder = temporaryFolder('edge-processes');
const cluster = { environment: 'test', context: 'a', server: 'https://192.0.2.9', storageClass: 'a' };
const listed = ['cluster-02', 'cluster-03', 'cluster-04'];

const file = (stack: string, config: object): string => {
  const path = join(folder, `Pulumi.${stack}.yaml`);
  writeFileSync(path, stringify({ config }));
  return path;
};

const central = file('cluster-01', {
  role: 'central',
  cluster: { ...cluster, name: 'cluster-01', label: 'cluster-01-central', domain: 'example.org' },
  edges: listed.map((name) => ({ name })),
  objectStore: { kind: 'minio', endpoint: 's3.example.org', bucket: 'thanos' },
});

const edge = (name: string): string =>
  file(name, {
    role: 'edge',
    central: 'organization/monitoring/cluster-01',
    cluster: { ...cluster, name, server: `https://${name}.example.org` },
  });

/** What two processes make of edges, by stack. */
async function rendered(names: readonly string[]) {
  const { centrals, edges } = fleetOf(readStackFiles([central, ...names.map(edge)]));
  const processes = EdgeProcesses.start(2);
  try {
    return await processes.render(edges, await deployAll(centrals));
  } finally {
    await processes.close();
  }
}

describe('edges that are rendered by processes', () => {
  it('are the same as those that are rendered here, secrets by their names', async () => {
    const here = await deployFleet(readStackFiles(listed.map(edge)));
    const texts = await rendered(listed);
    expect(Object.fromEntries(texts)).toEqual(
      Object.fromEntries(here.map((deployment) => [deployment.stack, document(deployment)])),
    );
    expect(texts.get('cluster-03')).toContain('[secret: privateKeyPem of edge-authority-cluster-03]');
  });

  it('fail as the first that its program refuses, in the order of the files', async () => {
    await expect(rendered(['cluster-02', 'cluster-09', 'cluster-08'])).rejects.toMatchObject({
      __pulumiRunError: true,
      message: expect.stringContaining('does not know the edge "cluster-09"') as string,
    });
  });
});

describe('the number of processes', () => {
  it.each([
    [79, 2, 0],
    [80, 1, 0],
    [80, 2, 2],
    [80, 8, 2],
    [400, 8, 8],
  ])('of %d edges on %d processors is %d', (edges, processors, count) => {
    expect(processesFor(edges, processors)).toBe(count);
  });
});
