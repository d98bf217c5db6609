import * as pulumi from '@pulumi/pulumi';
import { contractVersion } from '../../contract/central';
import { readCentral, readPublic } from '../../contract/read';
import { deployFleet } from '../../tools/render/fleet';
import { centralRaw } from '../support/stack-configs';

const stack = 'organization/monitoring/cluster-01';

/** What the example of a central stack exports, so that a new output stands in no test. */
let deployed: Record<string, unknown>;
let secretOutputNames: string[];

beforeAll(async () => {
  const [central] = await deployFleet([{ ...centralRaw(), path: 'Pulumi.cluster-01.yaml' }]);
  deployed = central?.outputs.value as Record<string, unknown>;
  secretOutputNames = [...new Set(central?.outputs.secretPaths.flatMap(([output]) => output ?? []))];
}, 60_000);

/** Reads the central stack as if its last outputs were these. */
async function read(outputs: object, edge = 'cluster-02') {
  await exported(outputs);
  return readCentral(stack, edge);
}

/** Lets a StackReference find these outputs. */
async function exported(outputs: object) {
  await pulumi.runtime.setMocks({
    newResource: ({ id, name }) => ({
      id: id ?? name,
      state: { name: stack, outputs, secretOutputNames },
    }),
    call: ({ inputs }) => inputs as object,
  });
}

describe('reading the central stack', () => {
  it('gives what the centre promises everybody, and the edge its own identity as secrets', async () => {
    const { certificate, certificateEnd, privateKey, series, ...promised } = await read(deployed);
    const plain = Object.entries(deployed).filter(([name]) => !secretOutputNames.includes(name));
    expect(promised).toEqual(Object.fromEntries(plain));
    expect(series).toBe(50_000);
    expect(certificateEnd).toBe('2036-01-01T00:00:00Z');
    for (const [output, text] of [
      [certificate, 'certificate of edge-authority-cluster-02'],
      [privateKey, 'private key of edge-authority-cluster-02'],
    ] as const) {
      expect(await pulumi.isSecret(output)).toBe(true);
      expect(await new Promise((resolve) => output.apply(resolve))).toContain(text);
    }
  });

  it('gives the end of the certificate that is issued for the edge itself, where the centre says it', async () => {
    const of = (cluster: string, kind: string, end: string) => ({ certificate: 'any', kind, cluster, end });
    const certificates = [
      of('cluster-03', 'client', '2027-03-03T00:00:00Z'),
      of('cluster-02', 'authority', '2036-01-01T00:00:00Z'),
      of('cluster-02', 'client', '2027-02-02T00:00:00Z'),
    ];
    expect((await read({ ...deployed, certificates })).certificateEnd).toBe('2027-02-02T00:00:00Z');
    expect((await read({ ...deployed, certificates: undefined })).certificateEnd).toBeUndefined();
  });

  it.each<[string, (all: typeof deployed) => object, string, string]>([
    [
      'a stack that is not deployed',
      () => ({}),
      'cluster-02',
      `Stack ${stack} has no output contractVersion, so it is not deployed or no central stack. ` +
        'Run pulumi up on the central stack first, or correct monitoring:central.',
    ],
    [
      'another contract version',
      (all) => ({ ...all, contractVersion: contractVersion + 1 }),
      'cluster-02',
      `Stack ${stack} has contract version ${contractVersion + 1}; this program reads version ${contractVersion}. ` +
        'Deploy both stacks from the same release of this project, the central one first.',
    ],
    [
      'an edge that the list lacks',
      (all) => all,
      'cluster-09',
      `Stack ${stack} does not know the edge "cluster-09"; it lists cluster-02, cluster-03. Add { name: cluster-09 } to ` +
        'monitoring:edges of that stack and run pulumi up on it, or correct monitoring:cluster.name here.',
    ],
    [
      'an edge without credentials',
      (all) => ({ ...all, tenants: ['cluster-02', 'cluster-04'] }),
      'cluster-04',
      `Stack ${stack} has no credentials for the edge "cluster-04". Run pulumi up on it, then here.`,
    ],
    [
      'an edge without planned series',
      (all) => ({ ...all, planned: { series: {}, scrapeInterval: '30s' } }),
      'cluster-02',
      `Stack ${stack} plans no series for the edge "cluster-02". Run pulumi up on it from this release, then here.`,
    ],
  ])('refuses %s', async (_, change, edge, message) => {
    await expect(read(change(deployed), edge)).rejects.toThrow(message);
  });

  it('says that it cannot decrypt, and not that the contract is broken, where the engine elides secrets', async () => {
    const elided = Object.fromEntries(secretOutputNames.map((name) => [name, {}]));
    await expect(read({ ...deployed, ...elided })).rejects.toThrow(
      `Stack ${stack} has edgeCredentials, but this process cannot decrypt it: PULUMI_CONFIG_PASSPHRASE (or …_FILE) is not ` +
        'the passphrase of that stack. Set it to that one, under which this stack must then be encrypted too; or give this ' +
        'edge outputs of its own (npm run publish-outputs -- --help) and name them in monitoring:central.',
    );
  });

  it('needs of the secrets no more than the credentials of the edge', async () => {
    const { edgeCredentials, queryCredentials, grafanaCredentials, ...plain } = deployed;
    expect(queryCredentials).toBeDefined();
    expect(grafanaCredentials).toBeDefined();
    const own = (edgeCredentials as Record<string, unknown>)['cluster-02'];
    await expect(read({ ...plain, edgeCredentials: { 'cluster-02': own } })).resolves.toMatchObject(plain);
  });

  it('refuses an output of another shape, naming it but never a secret value', async () => {
    const broken = { ...deployed, remoteWriteUrl: 'http://plain' };
    await expect(read(broken)).rejects.toThrow(
      `Outputs of stack ${stack} break contract version ${contractVersion}: remoteWriteUrl (Invalid URL). ` +
        'Run pulumi up on that stack from this release of the project.',
    );
    const secret = read({ ...deployed, edgeCredentials: { 'cluster-02': 'hunter22' } });
    await expect(secret).rejects.toThrow(/: edgeCredentials\.cluster-02 \((?!.*hunter22)/);
  });
});

describe('reading what is public', () => {
  it('gives every plain output, also to who cannot decrypt the others', async () => {
    const elided = Object.fromEntries(secretOutputNames.map((name) => [name, {}]));
    await exported({ ...deployed, ...elided });
    const plain = Object.entries(deployed).filter(([name]) => !secretOutputNames.includes(name));
    expect(await readPublic(stack)).toEqual(Object.fromEntries(plain));
  });

  it('names every output that is missing', async () => {
    await exported({ ...deployed, queryUrl: undefined, bucket: undefined });
    await expect(readPublic(stack)).rejects.toThrow(
      `Outputs of stack ${stack} break contract version ${contractVersion}: queryUrl (Invalid input`,
    );
  });
});
