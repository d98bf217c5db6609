import { execFile } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { reportSchema } from '../../../tools/doctor/report';
import { startApiServer, type ApiServer } from '../../support/api-server';
import { temporaryFolder } from '../../support/temporary-folder';
import { centralOutputs, edgeOutputs, login } from './outputs';

const project = join(__dirname, '..', '..', '..');
const folder = temporaryFolder('doctor');

/** A program on PATH that runs a TypeScript file, or a line of shell. */
function program(name: string, line: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${line}\n`);
  chmodSync(join(folder, name), 0o755);
}
const tsx = require.resolve('tsx');
program('kubectl', `exec "${process.execPath}" --import "${tsx}" "${join(__dirname, 'kubectl.ts')}" "$@"`);
program('pulumi', 'echo "error: no stack named \'cluster-02\' found" >&2; exit 255');

let central: ApiServer;
let server: ApiServer;
let gone: ApiServer;
beforeAll(async () => {
  central = await startApiServer('cluster-01');
  server = await startApiServer('cluster-02');
  gone = await startApiServer('cluster-02');
});
afterAll(async () => {
  await central.close();
  await server.close();
});

/** The edges of the recorded answers; the committed file may have others by now. */
const edges = ['cluster-02', 'cluster-03', 'cluster-04'];

/** The committed file of a stack, for a cluster of this test. */
function stackFile(stack: string, { kubeconfig, url }: Pick<ApiServer, 'kubeconfig' | 'url'>): string {
  const file = parse(readFileSync(join(project, `Pulumi.${stack}.yaml`), 'utf8')) as {
    config: { 'monitoring:cluster': object; 'monitoring:edges'?: object[] };
  };
  const cluster = file.config['monitoring:cluster'];
  Object.assign(cluster, { kubeconfig, server: url });
  if (file.config['monitoring:edges']) file.config['monitoring:edges'] = edges.map((name) => ({ name }));
  const path = join(folder, `Pulumi.${stack}.yaml`);
  writeFileSync(path, stringify(file));
  return path;
}

function outputs(of: object = edgeOutputs): string {
  const path = join(folder, 'outputs.json');
  writeFileSync(path, JSON.stringify(of));
  return path;
}

interface Answer {
  code: number | string | null | undefined;
  out: string;
  err: string;
}

/** `npm run doctor -- ARGUMENTS` without npm. */
const doctor = (...args: string[]): Promise<Answer> =>
  new Promise((done) => {
    const env = { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` };
    const command = ['--import', 'tsx', join('tools', 'doctor', 'main.ts'), ...args];
    execFile(process.execPath, command, { cwd: project, env }, (error, out, err) => {
      done({ code: error ? error.code : 0, out, err });
    });
  });

describe('npm run doctor', () => {
  it('looks at an edge, and says for each check what it saw', async () => {
    const config = stackFile('cluster-02', server);
    const { code, out, err } = await doctor(
      '--stack',
      'cluster-02',
      '--config',
      config,
      '--outputs',
      outputs(),
      '--json',
    );
    expect(err).toBe('');
    const report = reportSchema.parse(JSON.parse(out));
    expect(report.checks.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'pods well',
      'versions well',
      'claims wrong',
      'log volume unknown',
      'remote write wrong',
      'identity unknown',
      'certificates unknown',
      'centre unknown',
    ]);
    expect(report.checks.find(({ name }) => name === 'remote write')?.found).toBe(
      'prom-agent-kube-prometheus-stack-prometheus-0 is 10 min behind, 7 samples wait (since its start 0 refused, 0 tried again)',
    );
    expect(report.checks.find(({ name }) => name === 'identity')).toEqual({
      name: 'identity',
      status: 'unknown',
      found: 'Secret remote-write-tls: secrets is forbidden: User "x"',
      fix: "Give this kubeconfig's user the right that is named, or ask with another.",
    });
    expect({ stack: report.stack, role: report.role, status: report.status, code }).toEqual({
      stack: 'cluster-02',
      role: 'edge',
      status: 'wrong',
      code: 1,
    });
  }, 120_000);

  it('looks at a centre, each thing where it is', async () => {
    const given = outputs({ ...centralOutputs, queryCredentials: login, grafanaCredentials: login });
    const config = stackFile('cluster-01', central);
    const { code, out, err } = await doctor('--stack', 'cluster-01', '--config', config, '--outputs', given);
    expect(err).toBe('');
    expect(out.split('\n').map((line) => line.replace(/ {2}.*/, ''))).toEqual([
      '✖ pods',
      '✔ versions',
      '✖ claims',
      '? volumes',
      '✔ query endpoints',
      '✔ ring',
      ...edges.flatMap((edge) => [`✔ edge ${edge} freshness`, `✔ edge ${edge} remote write`]),
      '✔ upload receive',
      '✔ upload sidecar',
      '✔ upload ruler',
      '✔ compactor',
      '✔ certificates',
      '? certificates served',
      '✖ alertmanager configuration',
      '✔ alertmanager keys',
      '✔ alertmanager watchdogs',
      '✖ alert receivers',
      '✔ grafana datasource',
      '✔ grafana dashboards',
      '? bucket rights',
      '✖ name grafana',
      '✖ name query',
      '✖ name receive',
      '✔ probes',
      '',
      expect.stringMatching(
        /^cluster-01 \(central\): 19 well, 7 wrong, 3 could not be looked at; [\d.]+ s$/,
      ) as string,
      '',
    ]);
    expect(out).toContain('Look at 192.0.2.9, and what is on the way to it.');
    expect(out).not.toContain(login.password);
    expect(code).toBe(1);
  }, 120_000);

  it.each<[string, () => string[], string]>([
    ['no stack', () => [], 'missing: --stack'],
    [
      'a stack without a file',
      () => ['--stack', 'cluster-99'],
      'Pulumi.cluster-99.yaml: no such file. Name a Pulumi.STACK.yaml.',
    ],
    [
      'a stack that pulumi does not know',
      () => ['--stack', 'cluster-02', '--config', stackFile('cluster-02', server)],
      "pulumi stack output --stack cluster-02: no stack named 'cluster-02' found. Name a stack of this backend (pulumi stack ls), " +
        'log in to it (pulumi login), or give its outputs with --outputs FILE.',
    ],
    [
      'a test alert to an edge',
      () => ['--stack', 'cluster-02', '--config', stackFile('cluster-02', server), '--test-alert'],
      '--test-alert: cluster-02 is the stack of an edge, which has no Alertmanager. Name the central stack.',
    ],
  ])(
    'says what to do about %s, without a stack trace, and exits with 2',
    async (_, args, message) => {
      const { code, out, err } = await doctor(...args());
      expect({ code, out, first: err.split('\n')[0] }).toEqual({
        code: 2,
        out: '',
        first: message,
      });
      expect(err).not.toMatch(/^ {4}at /m);
    },
    120_000,
  );

  it('says which API server does not answer', async () => {
    const config = stackFile('cluster-02', gone);
    const { kubeconfig, url } = gone;
    const kept = readFileSync(kubeconfig, 'utf8');
    await gone.close();
    const copy = join(folder, 'kubeconfig');
    writeFileSync(copy, kept);
    stackFile('cluster-02', { kubeconfig: copy, url });
    const { code, out, err } = await doctor(
      '--stack',
      'cluster-02',
      '--config',
      config,
      '--outputs',
      outputs(),
    );
    expect({ code, out, err }).toEqual({
      code: 2,
      out: '',
      err:
        `monitoring:cluster.server: found "${url}"; allowed: an API server that accepts a connection within 3 s. ` +
        'Check that the cluster runs and that this machine reaches it (VPN, firewall).\n',
    });
  }, 120_000);
});
