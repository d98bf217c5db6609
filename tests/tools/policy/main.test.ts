import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder';

const project = join(__dirname, '..', '..', '..');
const folder = temporaryFolder('policy');

/** `npm run policy -- ARGUMENTS` without npm and without charts. */
function policy(args: readonly string[], environment: Record<string, string> = {}) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join('tools', 'policy', 'main.ts'), ...args],
    { cwd: project, encoding: 'utf8', env: { ...process.env, CHART_DIR: '', ...environment } },
  );
  return { stdout: stdout.replace(/\d+\.\d s/, 'N s'), stderr, status };
}

describe('npm run policy', () => {
  it('judges the committed stacks, and says what it did not look at', () => {
    const { stdout, stderr, status } = policy([]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(
        /^23 policies over 4 stacks in N s: \d+ objects of ours, none of their charts: set CHART_DIR to a folder of their archives \(helm pull\)$/,
      ),
      expect.stringMatching(
        /^Findings: 0 of ours, 0 of the charts; exempted: \d+ of ours, 0 of the charts \(--exempted shows them\)$/,
      ),
      'Not asked: whether a volume became smaller; that needs --last FOLDER',
      '',
    ]);
  });

  it('shows what is exempted, with the reason', () => {
    const { stdout } = policy(['--exempted', 'Pulumi.cluster-02.yaml']);
    expect(stdout).toContain(
      'exempted from namespace-restricted: cluster-02: Namespace monitoring-node: metadata.labels["pod-security.kubernetes.io/enforce"] is privileged; allowed: restricted (It holds node-exporter alone,',
    );
  });

  it('says what does not hold, why and what to do, and exits with 1', () => {
    const last = join(folder, 'last');
    mkdirSync(last);
    const golden = readFileSync(join(project, 'tests', 'golden', 'cluster-01.yaml'), 'utf8');
    writeFileSync(join(last, 'cluster-01.yaml'), golden.replaceAll(/storage: \d+Gi/g, 'storage: 900Gi'));
    const { stdout, status } = policy(['--last', last]);
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /^volume-never-smaller: No volume is smaller than it is deployed\.\n {2}why: .*\n {2}do: .*\n/,
    );
    expect(stdout).toMatch(
      /^ {2}cluster-01: StatefulSet monitoring\/thanos-receiver: spec\.volumeClaimTemplates\[data\] is \d+Gi; allowed: 900Gi, as deployed, or more$/m,
    );
    expect(stdout).toMatch(/^Findings: [1-9]\d* of ours, 0 of the charts;/m);
    expect(stdout).not.toContain('Not asked');
  });

  it.each([
    [['--chart'], {}, '--chart needs the charts: set CHART_DIR to a folder of their archives (helm pull)'],
    [['--record'], {}, '--record needs the charts: set CHART_DIR to a folder of their archives (helm pull)'],
    [['--last', '/no/such/folder'], {}, '--last /no/such/folder: no such file. Name a folder of renders.'],
  ])('%j is not done, exit code 2', (args, environment, message) => {
    const { stdout, stderr, status } = policy(args, environment);
    expect({ status, stdout, first: stderr.split('\n')[0] }).toEqual({
      status: 2,
      stdout: '',
      first: message,
    });
  });

  it('says what CHART_DIR lacks before that helm is missing', () => {
    const { stderr, status } = policy([], { CHART_DIR: folder, PATH: folder });
    expect(status).toBe(2);
    expect(stderr.split('\n').map((line) => line.replace(/ Run: .*|, which.*/, ''))).toEqual([
      expect.stringMatching(/^CHART_DIR: .*kube-prometheus-stack-[\d.]+tgz$/) as string,
      expect.stringMatching(/^CHART_DIR: .*prometheus-operator-crds-[\d.]+tgz$/) as string,
      'helm: in no folder of PATH. Install it, or add the folder to PATH.',
      '',
    ]);
  });
});
