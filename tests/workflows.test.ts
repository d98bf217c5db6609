import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { temporaryFolder } from './support/temporary-folder';

const project = join(__dirname, '..');
const folder = join(project, '.github', 'workflows');

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}
interface Job {
  if?: string;
  permissions?: Record<string, string>;
  environment?: string;
  steps: Step[];
}
interface Workflow {
  on: Record<string, unknown>;
  permissions?: Record<string, string>;
  jobs: Record<string, Job>;
}

const texts = readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const);
const jobs = texts.flatMap(([file, text]) => {
  const workflow = parse(text) as Workflow;
  return Object.entries(workflow.jobs).map(([name, job]) => ({ name: `${file} ${name}`, workflow, job }));
});
const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/**
 * Inputs of each action that we give. actionlint does not know them of an action that is named by its commit.
 */
const inputs: Readonly<Record<string, readonly string[]>> = {
  'actions/checkout': ['fetch-depth', 'persist-credentials', 'ref'],
  'actions/setup-node': ['node-version', 'package-manager-cache'],
  'actions/upload-artifact': ['name', 'path', 'if-no-files-found', 'retention-days'],
  'actions/download-artifact': ['name', 'path', 'run-id', 'github-token'],
  'pulumi/actions': [],
};

describe.each(texts)('%s', (_, text) => {
  it('names every action by its commit, and says which version that is', () => {
    const uses = [...text.matchAll(/^.*uses: (.*)$/gm)].map(([, what]) => what);
    for (const what of uses) expect(what).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('says what its token may do, and never runs a pull request of a fork with more than that', () => {
    const { on, permissions } = parse(text) as Workflow;
    expect(Object.keys(on)).not.toContain('pull_request_target');
    expect(permissions).toBeDefined();
    expect(Object.values(permissions ?? {}).filter((right) => right !== 'read')).toEqual([]);
  });
});

describe.each(jobs)('$name', ({ workflow, job }) => {
  const rights = { ...(job.permissions ?? workflow.permissions) };

  it('runs scripts of this repository, and puts no text of others into a shell', () => {
    for (const { run } of job.steps) {
      if (run === undefined) continue;
      expect(run).not.toContain('${{');
      const [, script] = /^npm (?:run (?:--silent )?|)([\w:-]+)/.exec(run) ?? [];
      if (script === undefined) expect(existsSync(join(project, run))).toBe(true);
      else expect(['ci', ...Object.keys(scripts)]).toContain(script);
    }
  });

  it('gives actions inputs that they have', () => {
    for (const { uses, with: given = {} } of job.steps) {
      const action = uses?.split('@')[0];
      if (action !== undefined) expect(inputs[action]).toEqual(expect.arrayContaining(Object.keys(given)));
    }
  });

  it('leaves no token in the checkout', () => {
    for (const { uses, with: given } of job.steps) {
      if (uses?.startsWith('actions/checkout@')) expect(given?.['persist-credentials']).toBe(false);
    }
  });

  it('has not both credentials and the right to write', () => {
    const writes = Object.values(rights).includes('write');
    expect(writes && job.environment !== undefined).toBe(false);
  });

  it('that may write runs no program of the pull request', () => {
    if (!Object.values(rights).includes('write') || !('pull_request' in workflow.on)) return;
    const refs = job.steps
      .filter(({ uses }) => uses?.startsWith('actions/checkout@'))
      .map((step) => step.with?.['ref']);
    expect(refs).toEqual(['${{ github.event.pull_request.base.sha }}']);
  });
});

describe('the nightly look for drift', () => {
  const { jobs: drift } = parse(readFileSync(join(folder, 'drift.yml'), 'utf8')) as Workflow;
  const look = drift['look']?.steps.find(({ run }) => run?.includes('drift -- --out'))?.run ?? '';
  const bin = temporaryFolder('workflows');
  writeFileSync(join(bin, 'npm'), '#!/bin/sh\nexit $CODE\n', { mode: 0o755 });

  it.each([
    [0, 0],
    [7, 0],
    [2, 1],
    [1, 1],
  ])('that ends with %i ends its step with %i', (code, status) => {
    const env = {
      ...process.env,
      CODE: String(code),
      PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
    };
    expect(spawnSync('bash', ['-e', '-c', look], { env }).status).toBe(status);
  });

  it('has its issue written also when it is red', () => {
    expect(drift['issue']?.if).toBe("${{ !cancelled() && needs.look.result != 'skipped' }}");
  });
});
