import { pullOf, writeComment } from '../../../tools/github/comment';
import { startGitHub, type GitHub } from './github';

const bot = 'github-actions[bot]';
const marker = '<!-- monitoring: diff -->';
const ofPreview = '<!-- monitoring: preview -->';

let github: GitHub;
beforeEach(async () => {
  github = await startGitHub();
});
afterEach(() => github.close());

const repository = () => ({ name: 'o/r', url: github.url, token: 'secret-token' });
const write = (text: string) => writeComment(repository(), 7, `${marker}\n${text}`, bot);

describe('the comment', () => {
  it('is made once, then updated in place, and not written when nothing is new', async () => {
    expect(await write('one')).toEqual({ did: 'made', warnings: [] });
    expect(await write('two')).toEqual({ did: 'updated', warnings: [] });
    expect(await write('two')).toEqual({ did: 'left as it is', warnings: [] });
    expect(github.comments).toEqual([{ id: 1, body: `${marker}\ntwo`, user: { login: bot } }]);
  });

  it('is found behind a hundred others', async () => {
    github.comments = Array.from({ length: 250 }, (_, i) => ({
      id: i + 1,
      body: 'me too',
      user: { login: 'somebody' },
    }));
    github.comments.push({ id: 251, body: `${marker}\nold`, user: { login: bot } });
    expect((await write('new')).did).toBe('updated');
    expect(github.comments).toHaveLength(251);
  });

  it('of somebody else with our marker is not touched, and said', async () => {
    github.comments = [{ id: 5, body: `${marker}\nmine`, user: { login: 'mallory' } }];
    expect(await write('ours')).toEqual({
      did: 'made',
      warnings: ['comment 5 of mallory has our marker, and is left alone'],
    });
    expect(github.comments.map(({ body }) => body)).toEqual([`${marker}\nmine`, `${marker}\nours`]);
  });

  it('of an issue of ours, or that only quotes the marker, is another', async () => {
    github.comments = [
      { id: 1, body: '<!-- monitoring: drift -->\n', user: { login: bot } },
      { id: 2, body: `> ${marker}`, user: { login: bot } },
    ];
    expect((await write('x')).did).toBe('made');
  });

  it('has both parts in their order, whichever is written first, and each keeps the other', async () => {
    await writeComment(repository(), 7, `${ofPreview}\nadds one\n`, bot);
    expect((await write('one')).did).toBe('updated');
    expect((await write('two')).did).toBe('updated');
    const both = `${marker}\ntwo\n\n${ofPreview}\nadds one`;
    expect(github.comments).toEqual([{ id: 1, body: both, user: { login: bot } }]);
    expect((await writeComment(repository(), 7, `${ofPreview}\nadds one\n`, bot)).did).toBe('left as it is');
  });

  it('lets no value be the beginning of the other part', async () => {
    await writeComment(repository(), 7, `${ofPreview}\ntrue`, bot);
    await write(`\`\`\`\n${ofPreview}\nforged\n\`\`\``);
    expect(github.comments[0]?.body).toBe(
      `${marker}\n\`\`\`\n ${ofPreview}\nforged\n\`\`\`\n\n${ofPreview}\ntrue`,
    );
    await writeComment(repository(), 7, `${ofPreview}\nnewer`, bot);
    expect(github.comments[0]?.body).toContain(`forged\n\`\`\`\n\n${ofPreview}\nnewer`);
  });

  it('that the other writer overwrote is written again', async () => {
    await write('old');
    github.afterWrite = () => {
      github.afterWrite = undefined;
      Object.assign(github.comments[0] ?? {}, { body: `${marker}\nold\n\n${ofPreview}\nadds one` });
    };
    expect(await write('new')).toEqual({ did: 'updated', warnings: [] });
    expect(github.comments[0]?.body).toBe(`${marker}\nnew\n\n${ofPreview}\nadds one`);
  });

  it('is one, also when both writers found none', async () => {
    github.afterWrite = () => {
      github.afterWrite = undefined;
      github.comments.unshift({ id: 99, body: `${ofPreview}\nadds one`, user: { login: bot } });
    };
    expect((await write('new')).warnings).toEqual([]);
    expect(github.comments).toEqual([
      { id: 99, body: `${marker}\nnew\n\n${ofPreview}\nadds one`, user: { login: bot } },
    ]);
  });

  it('that is overwritten again and again is given up, and said', async () => {
    await write('old');
    github.afterWrite = () => {
      Object.assign(github.comments[0] ?? {}, { body: `${marker}\nold` });
    };
    expect((await write('new')).warnings).toEqual([
      'the comment is overwritten as often as it is written; run it again',
    ]);
    expect(github.asked.filter(({ method }) => method === 'PATCH')).toHaveLength(4);
  });

  it('without a marker, or too long, is not sent', async () => {
    await expect(writeComment(repository(), 7, 'hello', bot)).rejects.toThrow(/does not begin with a marker/);
    await expect(write('x'.repeat(45_000))).rejects.toThrow(
      'the text has 45026 characters; it may have 45000 of the 65536 that GitHub takes in a comment.',
    );
    expect(github.asked).toEqual([]);
  });
});

describe('what GitHub refuses is said, without the token', () => {
  it.each([
    [401, 'Bad credentials', {}, 'GITHUB_TOKEN is no token, or has expired.'],
    [403, 'Resource not accessible by integration', {}, 'the job needs `permissions: pull-requests: write`.'],
    [404, 'Not Found', {}, 'the job needs `permissions: pull-requests: write`.'],
    [403, 'API rate limit exceeded', { 'x-ratelimit-remaining': '0' }, 'Too many requests'],
    [502, 'Bad Gateway', {}, 'Run it again.'],
  ])('%i %s', async (status, message, headers, remedy) => {
    github.refuse = { status, message, headers };
    const refusal = await write('x').catch((error: unknown) => (error as Error).message);
    expect(refusal).toContain(`/repos/o/r/issues/7/comments?per_page=100&page=1: ${status} ${message}. `);
    expect(refusal).toContain(remedy);
    expect(refusal).not.toContain('secret-token');
  });

  it('on one line, so that a log takes none of it for a command', async () => {
    github.refuse = { status: 403, message: 'no\u001b[31m\n::error::x' };
    const refusal = await write('x').catch((error: unknown) => (error as Error).message);
    expect(refusal).toContain(': 403 no [31m ::error::x. ');
  });

  it('with the reason of an answer that never comes', async () => {
    const nowhere = { ...repository(), url: 'http://127.0.0.1:9' };
    const refusal = await writeComment(nowhere, 7, `${marker}\nhello`, bot).catch(
      (error: unknown) => (error as Error).message,
    );
    expect(refusal).toMatch(/no answer \(fetch failed: .*(ECONNREFUSED|bad port)/);
  });
});

describe('what is no answer of GitHub is said, with what was found', () => {
  const asked = () => `GET ${github.url}/repos/o/r/issues/7/comments?per_page=100&page=1: `;
  const where = 'Look whether GITHUB_API_URL is that of GitHub, and what stands between.';

  it.each([
    [
      200,
      '<html>\n<b>Log in</b>',
      'found "<html>\\n<b>Log in</b>"',
      'Invalid input: expected array, received undefined',
    ],
    [200, '', 'found nothing', 'Invalid input: expected array, received undefined'],
    [200, '{"a":1}', 'found "{\\"a\\":1}"', 'Invalid input: expected array, received object'],
    [200, '[{"id":"x","user":null}]', 'found "[{', '0.id: Invalid input: expected number, received string'],
  ])('%i %j', async (status, text, found, issue) => {
    github.says = { status, text };
    const refusal = await write('x').catch((error: unknown) => (error as Error).message);
    expect(refusal).toContain(`${asked()}${status}, and not what GitHub answers (${issue}): ${found}`);
    expect(refusal).toContain(where);
  });

  it.each([
    [422, '{}', '422 without a reason: found "{}".'],
    [422, '', '422 without a reason: found nothing.'],
    [
      422,
      '{"message":"Validation Failed","errors":[{"message":"body is too long"},"x",{"code":"y"}]}',
      '422 Validation Failed.',
    ],
    [
      422,
      '{"message":"Validation Failed","errors":[{"message":"body is too long"}]}',
      '422 Validation Failed; body is too long.',
    ],
  ])('%i %j', async (status, text, said) => {
    github.says = { status, text };
    await expect(write('x')).rejects.toThrow(new Error(`${asked()}${said}`));
  });
});

describe('the pull request of a branch', () => {
  it('is the open one that still is at the commit', async () => {
    github.pulls = [{ number: 7, head: { sha: 'abc' } }];
    expect(await pullOf(repository(), 'fork:topic', 'abc')).toBe(7);
    expect(await pullOf(repository(), 'fork:topic', 'older')).toBeUndefined();
    expect(await pullOf(repository(), 'fork:other', 'abc')).toBeUndefined();
  });
});
