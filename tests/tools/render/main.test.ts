import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { stackFilesIn } from '../../../tools/render/stack-file';
import { temporaryFolder } from '../../support/temporary-folder';

const project = join(__dirname, '..', '..', '..');
const folder = temporaryFolder('render');

const stackFile = (stack: string, config: object): string => {
  const path = join(folder, `Pulumi.${stack}.yaml`);
  writeFileSync(path, stringify({ config }));
  return path;
};

const cluster = { environment: 'test', context: 'a', server: 'https://192.0.2.9', storageClass: 'a' };

/** A central stack of its own, since the committed one may change. */
const centralFile = () =>
  stackFile('cluster-01', {
    role: 'central',
    cluster: { ...cluster, name: 'cluster-01', label: 'cluster-01-central', domain: 'example.org' },
    edges: [{ name: 'cluster-02' }, { name: 'cluster-03' }],
    objectStore: { kind: 'minio', endpoint: 's3.example.org', bucket: 'thanos' },
  });

const edgeFile = (name: string, changes: object = {}) =>
  stackFile(name, {
    role: 'edge',
    central: 'organization/monitoring/cluster-01',
    cluster: { ...cluster, name, server: `https://${name}.example.org` },
    ...changes,
  });

/** `npm run render -- ARGUMENTS` without npm. */
function render(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join('tools', 'render', 'main.ts'), ...args],
    // A folder of charts in the environment must not change what is rendered.
    { cwd: project, encoding: 'utf8', env: { ...process.env, CHART_DIR: '/no/such/folder' } },
  );
  return { stdout, stderr, status };
}

describe('npm run render', () => {
  it('compares the committed stacks with tests/golden', () => {
    const { stdout, stderr, status } = render();
    expect({ stdout: stdout.replace(/\d+\.\d s/, 'N s'), stderr, status }).toEqual({
      stdout: `Rendered ${stackFilesIn(project).length} stacks in N s: the same as ${join('tests', 'golden')}\n`,
      stderr: '',
      status: 0,
    });
  }, 60_000);

  it('writes stack files to --out; an edge finds the central stack beside it', () => {
    centralFile();
    const out = join(folder, 'out');
    const { stdout, stderr, status } = render(edgeFile('cluster-02'), '--out', out);
    expect({ stdout: stdout.replace(/\d+\.\d s/, 'N s'), stderr, status }).toEqual({
      stdout: `Rendered 1 stacks in N s to ${out}\n`,
      stderr: '',
      status: 0,
    });
    expect(readdirSync(out)).toEqual(['cluster-02.yaml']);
  }, 60_000);

  it('prints every error of every bad stack file and exits with 1', () => {
    const central = stackFile('bad-01', { role: 'central', outage: 'soon', edges: [{ name: 'A' }] });
    const edge = stackFile('bad-02', { role: 'edge', central: 'cluster-01' });
    expect(render(central, edge)).toEqual({
      stdout: '',
      stderr: [
        'The configuration of stack bad-01 has 4 errors; nothing was touched.',
        '  monitoring:cluster: missing; allowed: a mapping of keys. Set it in the stack file.',
        '  monitoring:edges.0.name: found "A"; allowed: a DNS label: lower-case ASCII letters, digits and inner hyphens, at most 63. Change it in the stack file.',
        '  monitoring:outage: found "soon"; allowed: a duration such as 30s, 6h or 15d, at least 1m. Change it in the stack file.',
        '  monitoring:objectStore: missing; allowed: kind: minio (bucket and users made by this stack) or kind: existing (any S3 bucket). Set it in the stack file.',
        'The configuration of stack bad-02 has 2 errors; nothing was touched.',
        '  monitoring:cluster: missing; allowed: a mapping of keys. Set it in the stack file.',
        '  monitoring:central: found "cluster-01"; allowed: ORGANIZATION/monitoring/STACK, with a local backend organization/monitoring/cluster-01. Change it in the stack file.',
        '',
      ].join('\n'),
      status: 1,
    });
  }, 60_000);

  it('refuses an edge that the central list lacks', () => {
    centralFile();
    const { stderr, status } = render(edgeFile('cluster-09'));
    expect(stderr).toBe(
      'Stack organization/monitoring/cluster-01 does not know the edge "cluster-09"; it lists cluster-02, cluster-03. ' +
        'Add { name: cluster-09 } to monitoring:edges of that stack and run pulumi up on it, or correct monitoring:cluster.name here.\n',
    );
    expect(status).toBe(1);
  }, 60_000);

  it('refuses an edge whose volume cannot hold what the central stack plans for it', () => {
    centralFile();
    const { stdout, stderr, status } = render(edgeFile('cluster-03', { agent: { storage: '1Gi' } }));
    expect({ stdout, stderr, status }).toEqual({
      stdout: '',
      stderr:
        'The configuration of stack cluster-03 has an error; nothing was touched.\n' +
        '  monitoring:agent.storage: found 1Gi; allowed: at least 2.29 GiB = 2.29 GiB (log of up to 39h, and four segments, ' +
        'at 1667 samples/s of 8.2 bytes) + 4.29 MiB (100 000 series in the checkpoint of 45.00 bytes). Raise it to 3Gi, or ' +
        'set one of these: outage of the central stack to 1h; the series of this edge in monitoring:edges there to 12500, or say in acceptedRisks why it holds.\n',
      status: 1,
    });
  }, 60_000);

  it('refuses what is no stack file, with 2', () => {
    expect(render('stack.yaml')).toEqual({
      stdout: '',
      stderr: 'stack.yaml: no such file. Name a Pulumi.STACK.yaml.\n',
      status: 2,
    });
    expect(render('package.json')).toEqual({
      stdout: '',
      stderr:
        'package.json: a stack file is named Pulumi.STACK.yaml, STACK of letters, digits, _, . and -, at most 100\n',
      status: 2,
    });
  }, 60_000);

  it('updates nothing but the committed stacks', () => {
    const { stdout, stderr, status } = render('--update', '--out', folder);
    expect({ stdout, message: stderr.split('\n').slice(0, 3), status }).toEqual({
      stdout: '',
      message: [
        '--update rewrites tests/golden from the committed stacks; it takes no files and no --out',
        '',
        'Usage: npm run render -- [options] [STACK_FILE...]',
      ],
      status: 2,
    });
  }, 60_000);
});
