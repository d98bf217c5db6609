import { driftText } from '../../../tools/drift/report';
import { writeDriftIssue } from '../../../tools/github/drift-issue';
import { startGitHub, type GitHub } from './github';

const bot = 'github-actions[bot]';
let github: GitHub;
beforeEach(async () => {
  github = await startGitHub();
});
afterEach(() => github.close());

const one = [{ stack: 'cluster-02', text: '~ kubernetes:core/v1:Secret a update' }];
const write = (drifted: typeof one, unknown: typeof one = []) =>
  writeDriftIssue(
    { name: 'o/r', url: github.url, token: 't' },
    { drifted, unknown },
    driftText({ drifted, unknown }),
    bot,
  );

describe('the issue about drift', () => {
  it('is opened once, updated, and closed when it is gone', async () => {
    expect(await write([])).toBe('no drift, no issue');
    expect(await write(one)).toBe('opened issue 1');
    expect(github.issues[0]?.body).toMatch(
      /^<!-- monitoring: drift -->\n1 stack is not what this repository says/,
    );
    expect(await write([...one, { stack: 'cluster-03', text: '' }])).toBe('updated issue 1');
    expect(github.issues).toHaveLength(1);
    expect(await write([])).toBe('closed issue 1');
    expect(github.issues[0]?.state).toBe('closed');
    expect(await write(one)).toBe('opened issue 2');
  });

  it('stays open as long as a stack could not be looked at', async () => {
    await write(one);
    expect(await write([], one)).toBe('left issue 1 open: not all stacks could be looked at');
    expect(github.issues[0]?.state).toBe('open');
  });

  it('names the command that mends it', () => {
    const text = driftText({ drifted: one, unknown: [] });
    expect(text).toContain('then `pulumi up --refresh`, or change the repository.');
    expect(text).not.toMatch(/PATCH_FORCE|DELETE_UNREACHABLE/);
  });

  it('says what to do with a field of another owner, and what not with a cluster that does not answer', () => {
    const text = driftText({
      drifted: [{ stack: 'cluster-02', text: 'Server-Side Apply field conflict detected' }],
      unknown: [{ stack: 'cluster-03', text: 'with the PULUMI_K8S_DELETE_UNREACHABLE environment variable' }],
    });
    expect(text).toContain(
      '`PULUMI_K8S_ENABLE_PATCH_FORCE=true pulumi up --refresh`, and `pulumi up` after it',
    );
    expect(text).toMatch(/\n\nDo not set `PULUMI_K8S_DELETE_UNREACHABLE`.*gone for good.*\n$/);
  });

  it('of somebody else is not ours', async () => {
    github.issues = [
      { number: 1, body: '<!-- monitoring: drift -->', user: { login: 'mallory' }, state: 'open' },
    ];
    expect(await write(one)).toBe('opened issue 2');
  });

  it('has room for hundreds of stacks', () => {
    const many = Array.from({ length: 500 }, (_, i) => ({ stack: `edge-${i}`, text: 'x\n'.repeat(5_000) }));
    expect(driftText({ drifted: many, unknown: many }).length).toBeLessThan(65_536);
  });
});
