import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder';
import { plain, secret } from './outputs';

const project = join(__dirname, '../../..');
const folder = temporaryFolder('publish-outputs');
const imported = join(folder, 'imported');
const calls = join(folder, 'calls');

/** Stands for pulumi: answers with the outputs, and notes what is imported and with which passphrase. */
writeFileSync(
  join(folder, 'pulumi'),
  `#!${process.execPath}
  const fs = require('node:fs');
  const [, verb] = process.argv.slice(2);
  const answer = process.env['SAYS_' + verb];
  if (answer !== undefined) { console.log(answer); process.exit(); }
  if (verb === process.env.KILLED) process.kill(process.pid, 'SIGKILL');
  fs.appendFileSync(${JSON.stringify(calls)}, verb + ' ' + JSON.stringify([process.env.PULUMI_CONFIG_PASSPHRASE, process.env.PULUMI_CONFIG_PASSPHRASE_FILE]) + '\\n');
  if (verb === 'output') console.log(fs.readFileSync(${JSON.stringify(join(folder, 'outputs.json'))}, 'utf8'));
  if (verb === 'ls') console.log('[]');
  if (verb === 'export') console.log(process.env.EXPORTED);
  if (verb === 'import') {
    fs.writeFileSync(${JSON.stringify(imported)}, fs.readFileSync(0));
    if (process.env.FAILS) { console.log('hunter22'); console.error('error: incorrect passphrase'); process.exit(255); }
  }`,
  { mode: 0o755 },
);
writeFileSync(join(folder, 'outputs.json'), JSON.stringify({ ...plain, ...secret }));
const passphrase = join(folder, 'passphrase');
writeFileSync(passphrase, 'of the edge');
const exported = { version: 3, deployment: { manifest: {}, secrets_providers: { type: 'passphrase' } } };

const publish = (args: readonly string[], env: Record<string, string> = {}) =>
  new Promise<{ code: unknown; out: string; err: string }>((done) => {
    writeFileSync(calls, '');
    const path = [folder, process.env['PATH'] ?? ''].join(delimiter);
    execFile(
      process.execPath,
      ['--import', 'tsx', 'tools/publish-outputs/main.ts', ...args],
      {
        cwd: project,
        env: {
          ...process.env,
          PATH: path,
          EXPORTED: JSON.stringify(exported),
          PULUMI_CONFIG_PASSPHRASE: 'of the centre',
          ...env,
        },
      },
      (error, out, err) => {
        done({ code: error ? error.code : 0, out, err });
      },
    );
  });

it('writes the public outputs with no key of the centre, and no secret in them', async () => {
  const { code, out, err } = await publish(['--stack', 'cluster-01']);
  expect({ code, out, err }).toEqual({
    code: 0,
    out: 'monitoring-public/cluster-01 has the plain outputs of cluster-01.\n',
    err: '',
  });
  expect(readFileSync(imported, 'utf8')).not.toMatch(/hunter|key of|secrets_providers/);
  expect(readFileSync(calls, 'utf8').split('\n').slice(1, -1)).toEqual([
    'ls ["",null]',
    'init ["",null]',
    'export ["",null]',
    'import ["",null]',
  ]);
});

it("writes an edge's own credentials under its own passphrase", async () => {
  const { code, out } = await publish([
    '--stack',
    'cluster-01',
    '--edge',
    'cluster-02',
    '--passphrase-file',
    passphrase,
  ]);
  expect({ code, out }).toEqual({
    code: 0,
    out: 'monitoring-edge-cluster-02/cluster-01 has the plain outputs and the credentials of cluster-02 of cluster-01.\n',
  });
  const text = readFileSync(imported, 'utf8');
  expect(text).toContain('key of 02');
  expect(text).not.toMatch(/hunter|key of 03/);
  const [first, ...rest] = readFileSync(calls, 'utf8').trim().split('\n');
  expect(first).toBe('output ["of the centre",null]');
  expect(rest.at(-1)).toBe(`import ${JSON.stringify([null, passphrase])}`);
});

it('never shows a secret when pulumi fails', async () => {
  const args = ['--stack', 'cluster-01', '--edge', 'cluster-02', '--passphrase-file', passphrase];
  expect(await publish(args, { FAILS: 'yes' })).toEqual({
    code: 1,
    out: '',
    err: 'pulumi stack import --stack cluster-01 failed:\nerror: incorrect passphrase\n',
  });
});

it.each([
  [
    'output',
    'warning: old hunter22\n{}',
    'stack output --json --stack cluster-01: found 24 characters that are no JSON.',
  ],
  ['output', '', 'stack output --json --stack cluster-01: found nothing; needed is JSON.'],
  [
    'output',
    '[]',
    'stack output --json --stack cluster-01: not what is needed (Invalid input: expected record, received array).',
  ],
  ['ls', '{}', 'stack ls --json: not what is needed (Invalid input: expected array, received object).'],
  [
    'export',
    '{"version":3}',
    'stack export --stack cluster-01: not what is needed (deployment: Invalid input: expected object, received undefined).',
  ],
])('says which answer of pulumi %s is none, and repeats nothing of it: %j', async (verb, text, message) => {
  const { code, out, err } = await publish(['--stack', 'cluster-01'], { [`SAYS_${verb}`]: text });
  expect({ code, out, err }).toEqual({
    code: 2,
    out: '',
    err: `pulumi ${message} Run it by hand: what is on its standard output beside the answer, such as a warning, must go.\n`,
  });
});

it('says that pulumi was killed', async () => {
  const { code, err } = await publish(['--stack', 'cluster-01'], { KILLED: 'ls' });
  expect({ code, err }).toEqual({ code: 1, err: 'pulumi stack ls --json failed:\nwas ended by SIGKILL\n' });
});

it('leaves a stack alone that has resources', async () => {
  const resources = [{ type: 'kubernetes:core/v1:Secret' }];
  const EXPORTED = JSON.stringify({ ...exported, deployment: { ...exported.deployment, resources } });
  const { code, err } = await publish(['--stack', 'cluster-01'], { EXPORTED });
  expect({ code, err }).toEqual({
    code: 2,
    err:
      'Stack monitoring-public/cluster-01 has resources, so it is not one of outputs alone, and stays as it is. ' +
      'Name another stack, or destroy it first.\n',
  });
});

it.each<[string[], string]>([
  [[], '--stack is missing: name the central stack, such as cluster-01'],
  [
    ['--stack', 'cluster-01', '--passphrase-file', passphrase],
    '--passphrase-file and --secrets-provider are for --edge: public outputs have no secret',
  ],
  [
    ['--stack', 'cluster-01', '--edge', 'cluster-02'],
    '--edge needs one of --passphrase-file and --secrets-provider',
  ],
  [
    ['--stack', 'cluster-01', '--edge', 'cluster-02', '--passphrase-file', '/dev/null'],
    '--passphrase-file /dev/null: is empty. Name a file with the passphrase in it.',
  ],
])('refuses %j', async (args, message) => {
  const { code, err } = await publish(args);
  expect(code).toBe(2);
  expect(err.split('\n')[0]).toBe(message);
});
