import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder';

const project = join(__dirname, '..', '..', '..');
const folder = temporaryFolder('preview');

const output = [
  'Previewing update (cluster-02):',
  ' ~  kubernetes:core/v1:Secret remote-write-tls update [diff: ~stringData]',
  ' +- kubernetes:apps/v1:StatefulSet a replace [diff: ~spec]',
  '    kubernetes:core/v1:Namespace b  ',
  'Outputs:',
  '    edgeCredentials: {',
  '        privateKey: "-----BEGIN PRIVATE KEY-----"',
  '    }',
  'Resources:',
  '    ~ 1 to update',
  '    +-1 to replace',
  '    16 unchanged',
];

/** Of the real engine, of a Deployment that `kubectl scale` has changed. */
const conflict = [
  ' ~  kubernetes:apps/v1:Deployment thanos-query refreshing ',
  ' ~  kubernetes:core/v1:Service thanos-query refresh ',
  ' ~  kubernetes:apps/v1:Deployment thanos-query refresh [diff: ~spec]; ',
  ' ~  kubernetes:apps/v1:Deployment thanos-query update [diff: ~spec]; error: Preview failed: 1 error occurred:',
  ' ~  kubernetes:apps/v1:Deployment thanos-query update [diff: ~spec]; 1 error',
  'Diagnostics:',
  '  kubernetes:apps/v1:Deployment (thanos-query):',
  '    error: Preview failed: 1 error occurred:',
  '    \t* the Kubernetes API server reported that "monitoring/thanos-query" failed to fully initialize or become live: Server-Side Apply field conflict detected.',
  '    The resource managed by field manager "pulumi-kubernetes-84a2fc2a" had an apply conflict: Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas',
  '',
  '  pulumi:pulumi:Stack (monitoring-cluster-04):',
  '    warning: resource plugin kubernetes is expected to have another version',
  '    error: preview failed',
  '',
  'Resources:',
  '    139 unchanged',
  '    2 errored',
];

/** A pulumi that answers with an exit code for each stack, and prints outputs although it is told not to. */
const pulumi = join(folder, 'pulumi');
writeFileSync(
  pulumi,
  `#!/bin/sh
echo "$@" >> ${join(folder, 'calls')}
test -n "\${KILLED:-}" && kill -KILL $$
case "$*" in
  *cluster-02*) cat <<'END'
${output.join('\n')}
END
  exit 7 ;;
  *cluster-04*) cat <<END
${conflict.join('\n').replace('preview failed', '\${OTHER:-preview failed}')}
END
  exit 1 ;;
  *cluster-03*) echo 'Diagnostics:'; echo '  pulumi:pulumi:Stack (x):'; echo "    error: the cluster does not answer\${REASON:-}"; echo 'Outputs:'; echo '    key: SECRET'; exit 1 ;;
  *) test -n "\${SILENT:-}" || printf 'Resources:\\n    16 unchanged\\n' ;;
esac
`,
);
chmodSync(pulumi, 0o755);

function call(name: string, ...args: string[]) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join('tools', name, 'main.ts'), ...args],
    {
      cwd: project,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` },
    },
  );
  return { stdout, stderr, status };
}

describe('npm run preview', () => {
  it('names resources and counts, and no output', () => {
    const { stdout, status } = call('preview', 'cluster-01', 'cluster-02');
    expect(status).toBe(0);
    expect(stdout).toContain('1 stack of 2 would change; nothing in 1. Against what is deployed.\n');
    expect(stdout).toContain(`\`\`\`\n${[...output.slice(1, 3), ...output.slice(9)].join('\n')}\n\`\`\`\n`);
    expect(stdout).not.toMatch(/PRIVATE|edgeCredentials/);
    expect(readFileSync(join(folder, 'calls'), 'utf8')).toContain('--suppress-outputs');
  });

  it('takes no exit code for a preview that has counted nothing', () => {
    process.env['SILENT'] = 'yes';
    const [preview, drift] = [call('preview', 'cluster-01'), call('drift', 'cluster-01')];
    delete process.env['SILENT'];
    expect([preview.status, drift.status]).toEqual([1, 2]);
    expect(drift.stdout).toBe(
      'cluster-01: could not be looked at: pulumi ended with 0 and has counted no resources\n',
    );
  });

  it('says which stack could not be previewed, and why', () => {
    const { stdout, status } = call('preview', 'cluster-03');
    expect(status).toBe(1);
    expect(stdout).toContain('#### `cluster-03`, not previewed\n\n```\npulumi ended with 1\n');
    expect(stdout).toContain('error: the cluster does not answer\n');
    expect(stdout).not.toContain('SECRET');
  });

  it('says so where the text goes into a file too', () => {
    const { stdout, stderr, status } = call(
      'preview',
      'cluster-01',
      'cluster-03',
      '--out',
      join(folder, 'out.md'),
    );
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toBe(
      'cluster-03: not previewed: pulumi ended with 1\n    pulumi:pulumi:Stack (x):\n      error: the cluster does not answer\n',
    );
  });

  it('says once what every resource of a cluster says', () => {
    process.env['REASON'] = '\n  kubernetes:core/v1:Namespace (a):\n    error: the cluster does not answer';
    try {
      expect(call('preview', 'cluster-03').stdout).toContain(
        '    error: the cluster does not answer\n  kubernetes:core/v1:Namespace (a):\n```\n',
      );
    } finally {
      delete process.env['REASON'];
    }
  });

  it('keeps the address of the backend to itself', () => {
    process.env['PULUMI_BACKEND_URL'] = 'postgres://pulumi:p%40ss@db.example/state';
    process.env['REASON'] = ': postgres://pulumi:p%40ss@db.example/state, password p@ss';
    try {
      const { stdout } = call('preview', 'cluster-03');
      expect(stdout).toContain(
        'error: the cluster does not answer: (PULUMI_BACKEND_URL), password (PULUMI_BACKEND_URL)\n',
      );
    } finally {
      delete process.env['PULUMI_BACKEND_URL'];
      delete process.env['REASON'];
    }
  });

  it('does not count what could not be previewed among what would change', () => {
    const { stdout } = call('preview', 'cluster-01', 'cluster-02', 'cluster-03');
    expect(stdout).toContain(
      '1 stack of 3 would change; nothing in 1; **1 could not be previewed**. Against what is deployed.\n',
    );
  });

  it('says that pulumi was killed', () => {
    process.env['KILLED'] = 'yes';
    try {
      expect(call('preview', 'cluster-01').stdout).toContain('```\npulumi was ended by SIGKILL\n```\n');
    } finally {
      delete process.env['KILLED'];
    }
  });

  it.each(['preview', 'drift'])('%s says that a file cannot be written before it calls pulumi', (name) => {
    const calls = readFileSync(join(folder, 'calls'), 'utf8');
    const { stdout, stderr, status } = call(name, 'cluster-99', 'cluster-01', '--out', folder);
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    expect(stderr).toContain('cluster-99: no such stack file here.');
    expect(stderr).toContain(`--out ${folder}: a folder. Name a file that can be written.\n`);
    expect(readFileSync(join(folder, 'calls'), 'utf8')).toBe(calls);
  });

  it('refuses a stack that has no file', () => {
    const { stderr, status } = call('preview', 'cluster-99');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^cluster-99: no such stack file here\. There are cluster-01, /);
  });
});

describe('npm run drift', () => {
  it.each([
    [['cluster-01'], 0],
    [['cluster-01', 'cluster-02'], 7],
    [['cluster-01', 'cluster-02', 'cluster-03'], 2],
    [['cluster-01', 'cluster-04'], 7],
    [['cluster-01', 'cluster-03'], 2],
  ])('%j ends with %i', (stacks, code) => {
    const out = join(folder, 'report.json');
    const { status, stdout } = call('drift', ...stacks, '--out', out);
    expect(status).toBe(code);
    expect(stdout).toContain('cluster-01: as the stack says\n');
    const { drifted, unknown } = JSON.parse(readFileSync(out, 'utf8')) as Record<string, { stack: string }[]>;
    expect(drifted?.map(({ stack }) => stack)).toEqual(
      stacks.filter((stack) => stack === 'cluster-02' || stack === 'cluster-04'),
    );
    expect(unknown?.map(({ stack }) => stack)).toEqual(stacks.filter((stack) => stack === 'cluster-03'));
  });

  it('takes a field that somebody else owns for drift, and says whose it is', () => {
    const out = join(folder, 'report.json');
    expect(call('drift', 'cluster-04', '--out', out).status).toBe(7);
    const report = readFileSync(out, 'utf8');
    expect(report).toContain(
      'conflict with \\"kubectl\\" with subresource \\"scale\\" using apps/v1: .spec.replicas',
    );
    expect(JSON.parse(report)).toHaveProperty(
      'drifted.0.text',
      expect.stringMatching(
        /^ ~ {2}\S+ thanos-query refresh \[diff: ~spec\]\n ~ {2}\S+ thanos-query update \[diff: ~spec\]\n {4}139 unchanged\n/,
      ),
    );
    expect(report).not.toMatch(/warning:|: preview failed|refreshing|Service thanos-query/);
  });

  it.each([
    ['of another resource', 'the cluster does not answer'],
    ['after many lines', [...Array<string>(50).fill('preview failed'), 'no answer'].join('\n    error: ')],
    [
      'of the same resource',
      'Preview failed: 2 errors occurred:\n    \t* Server-Side Apply field conflict detected.\n    \t* no answer',
    ],
  ])('does not take another error beside a conflict for drift: %s', (_, other) => {
    process.env['OTHER'] = other;
    try {
      expect(call('drift', 'cluster-04').status).toBe(2);
    } finally {
      delete process.env['OTHER'];
    }
  });
});
