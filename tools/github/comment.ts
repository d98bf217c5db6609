import { UserError } from '../command-line';
import { commentSize } from '../diff/page';
import { ask, askAll, type Repository } from './api';

const right = 'pull-requests: write';

interface Comment {
  id: number;
  body?: string;
  user: { login: string } | null;
}

/** What was done, and what somebody should know of it. */
export interface Done {
  did: 'made' | 'updated' | 'left as it is';
  warnings: readonly string[];
}

/**
 * Makes the one comment of a kind at a pull request, or updates it in place.
 *
 * The kind is the first line of the text, a comment of HTML. A comment that somebody else has begun with that
 * line is never touched.
 *
 * @param author who writes with this token
 * @throws UserError when the text is no comment of ours, or GitHub refuses
 */
export async function writeComment(
  repository: Repository,
  pull: number,
  text: string,
  author: string,
): Promise<Done> {
  const marker = markerOf(text);
  const comments = await askAll<Comment>(repository, `/issues/${pull}/comments`, right);
  const marked = comments.filter(({ body }) => firstLine(body ?? '') === marker);
  const ours = marked.filter(({ user }) => user?.login === author);
  const warnings = [
    ...marked
      .filter(({ user }) => user?.login !== author)
      .map(({ id, user }) => `comment ${id} of ${user?.login ?? 'nobody'} has our marker, and is left alone`),
    ...ours.slice(1).map(({ id }) => `comment ${id} is ours too, and is left as it is`),
  ];
  const [first] = ours;
  if (!first) {
    await ask(repository, 'POST', `/issues/${pull}/comments`, right, { body: text });
    return { did: 'made', warnings };
  }
  // GitHub keeps texts without the last line's end.
  if (first.body?.trimEnd() === text.trimEnd()) return { did: 'left as it is', warnings };
  await ask(repository, 'PATCH', `/issues/comments/${first.id}`, right, { body: text });
  return { did: 'updated', warnings };
}

function markerOf(text: string): string {
  const marker = firstLine(text);
  if (!/^<!-- monitoring: [^<>]+ -->$/.test(marker)) {
    throw new UserError(
      'the text does not begin with a marker of ours, such as `npm run diff` writes; without it the next run would make a second comment.',
    );
  }
  if (text.length > commentSize) {
    throw new UserError(`the text has ${text.length} characters; GitHub takes ${commentSize}.`);
  }
  return marker;
}

const firstLine = (text: string) => text.split(/\r?\n/, 1)[0] ?? '';

interface Pull {
  number: number;
  head: { sha: string };
}

/**
 * The open pull request of a branch at a commit; undefined: there is none, or the branch has moved on, so
 * that what is known is of the past.
 *
 * Asked of GitHub, since a workflow that another has started is told of no pull request of a fork, and what
 * that one says itself may be written by anybody.
 *
 * @param head `OWNER:BRANCH`
 */
export async function pullOf(
  repository: Repository,
  head: string,
  commit: string,
): Promise<number | undefined> {
  const path = `/pulls?state=open&head=${encodeURIComponent(head)}`;
  const pulls = await askAll<Pull>(repository, path, right);
  return pulls.find(({ head: { sha } }) => sha === commit)?.number;
}
