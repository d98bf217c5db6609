import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { FleetError, fleetOf } from '../../../tools/render/fleet';
import { readStackFiles } from '../../../tools/render/stack-file';
import { temporaryFolder } from '../../support/temporary-folder';

const folder = temporaryFolder('fleet');

function file(stack: string, config: object): string {
  const path = join(folder, `Pulumi.${stack}.yaml`);
  writeFileSync(path, stringify({ config }));
  return path;
}

const cluster = { environment: 'test', context: 'a', server: 'https://192.0.2.9', storageClass: 'a' };

const central = (changes: object = {}) =>
  file('cluster-01', {
    role: 'central',
    cluster: { ...cluster, name: 'cluster-01', label: 'central', domain: 'example.org' },
    edges: [{ name: 'cluster-02' }],
    objectStore: { kind: 'minio', endpoint: 's3.example.org', bucket: 'thanos' },
    ...changes,
  });

const edge = (stack: string, name: string, changes: object = {}) =>
  file(stack, {
    role: 'edge',
    central: 'organization/monitoring/cluster-01',
    cluster: { ...cluster, name, server: `https://${name}.example.org` },
    ...changes,
  });

/** What is wrong with stack files that are rendered together, without the folder. */
function said(...paths: string[]): string[] {
  try {
    fleetOf(readStackFiles(paths));
    return [];
  } catch (error) {
    if (error instanceof FleetError) return error.message.replaceAll(`${folder}/`, '').split('\n');
    throw error;
  }
}

const head = (stack: string) => `The configuration of stack ${stack} has an error; nothing was touched.`;

describe('a fleet', () => {
  it('is its centre and its edges, the centre also where an edge alone names it', () => {
    central();
    const { centrals, edges } = fleetOf(readStackFiles([edge('cluster-02', 'cluster-02')]));
    expect([centrals, edges].map((stacks) => stacks.map(({ file: { stack } }) => stack))).toEqual([
      ['cluster-01'],
      ['cluster-02'],
    ]);
  });

  it('has no two clusters of one name, whose samples would be one', () => {
    const other = edge('cluster-03', 'cluster-02', {
      cluster: { ...cluster, name: 'cluster-02', server: 'https://192.0.2.3' },
    });
    expect(said(central(), edge('cluster-02', 'cluster-02'), other)).toEqual([
      head('cluster-03'),
      '  monitoring:cluster.name: found cluster-02; allowed: a name of its own for each cluster. ' +
        'Rename one, here and in monitoring:edges of the central stack: Pulumi.cluster-02.yaml has it, and the name is the tenant.',
    ]);
  });

  it('is told what is too small in every edge at once, beside what else is wrong there', () => {
    const agent = { storage: '2Gi' };
    const lines = said(
      central({ edges: ['cluster-02', 'cluster-03'].map((name) => ({ name })) }),
      edge('cluster-02', 'cluster-02', { agent }),
      edge('cluster-03', 'cluster-03', { agent: { ...agent, replicas: 1 } }),
    );
    const keys = lines.map(
      (line) => /^The configuration of stack \S+|^ {2}monitoring:\S+ found \S+/.exec(line)?.[0],
    );
    expect(keys).toEqual([
      'The configuration of stack cluster-02',
      '  monitoring:agent.storage: found 2Gi;',
      'The configuration of stack cluster-03',
      '  monitoring:agent.replicas: found 1;',
      '  monitoring:agent.storage: found 2Gi;',
    ]);
  });

  it('may have the same name below two centres', () => {
    const second = file('cluster-09', {
      role: 'central',
      cluster: {
        ...cluster,
        name: 'cluster-09',
        server: 'https://192.0.2.8',
        label: 'central',
        domain: 'example.com',
      },
      edges: [{ name: 'cluster-02' }],
      objectStore: { kind: 'minio', endpoint: 's3.example.org', bucket: 'other' },
    });
    const other = edge('cluster-03', 'cluster-02', {
      central: 'organization/monitoring/cluster-09',
      cluster: { ...cluster, name: 'cluster-02', server: 'https://192.0.2.7' },
    });
    expect(said(central(), second, edge('cluster-02', 'cluster-02'), other)).toEqual([]);
  });

  it('has no two stacks on one cluster, in one bucket or under one domain', () => {
    const why = (path: string, why: string) =>
      `allowed: one of its own for each stack. Change one: ${path} has it, and ${why}.`;
    const second = file('cluster-09', {
      role: 'central',
      cluster: {
        ...cluster,
        server: 'https://192.0.2.9:443/',
        name: 'cluster-09',
        label: 'other',
        domain: 'example.org',
      },
      objectStore: { kind: 'minio', endpoint: 'S3.example.org:443', bucket: 'thanos' },
    });
    expect(said(central(), second)).toEqual([
      'The configuration of stack cluster-09 has 3 errors; nothing was touched.',
      `  monitoring:cluster.server: found "https://192.0.2.9:443/"; ${why('Pulumi.cluster-01.yaml', 'both would deploy into one cluster, each over the objects of the other')}`,
      `  monitoring:objectStore.bucket: found "thanos"; ${why('Pulumi.cluster-01.yaml', 'a bucket with two Compactors loses blocks')}`,
      `  monitoring:cluster.domain: found "example.org"; ${why('Pulumi.cluster-01.yaml', 'their hosts would have the same names')}`,
    ]);
    const onEdge = { cluster: { ...cluster, name: 'cluster-03', server: 'https://cluster-02.example.org' } };
    expect(
      said(central(), edge('cluster-02', 'cluster-02'), edge('cluster-03', 'cluster-03', onEdge)),
    ).toEqual([
      head('cluster-03'),
      `  monitoring:cluster.server: found "https://cluster-02.example.org"; ${why('Pulumi.cluster-02.yaml', 'both would deploy into one cluster, each over the objects of the other')}`,
    ]);
  });

  it('is told what is wrong with an edge and with the centre that it names, at once', () => {
    central({ outage: 'soon' });
    expect(said(edge('cluster-02', 'cluster-02', { agent: { replicas: 3 } }))).toEqual([
      head('cluster-02'),
      '  monitoring:agent.replicas: found 3; allowed: a whole number from 1 to 2. Change it in the stack file.',
      head('cluster-01'),
      '  monitoring:outage: found "soon"; allowed: a duration such as 30s, 6h or 15d, at least 1m. Change it in the stack file.',
    ]);
    central();
  });

  it.each([
    ['an edge', 'cluster-03', 'Pulumi.cluster-03.yaml is the file of an edge'],
    ['itself', 'cluster-02', 'Pulumi.cluster-02.yaml is the file of an edge'],
    ['nobody', 'cluster-77', 'there is no Pulumi.cluster-77.yaml'],
  ])('says which key names %s as its centre', (_, stack, why) => {
    edge('cluster-03', 'cluster-03');
    const path = edge('cluster-02', 'cluster-02', { central: `organization/monitoring/${stack}` });
    expect(said(path)).toEqual([
      head('cluster-02'),
      `  monitoring:central: found "organization/monitoring/${stack}"; allowed: the stack of a central cluster, whose file stands beside this one. ` +
        `Correct it: ${why}.`,
    ]);
  });

  it('says so of a folder in the place of a stack file', () => {
    mkdirSync(join(folder, 'Pulumi.folder.yaml'));
    const path = edge('cluster-02', 'cluster-02', { central: 'organization/monitoring/folder' });
    expect(() => said(path)).toThrow(/Pulumi\.folder\.yaml: a folder\. Name a file that can be read\.$/);
  });
});
