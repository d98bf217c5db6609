import { z } from 'zod';
import { UserError } from '../command-line';
import { anything, ask, askAll, type Repository } from './api';
import { commentSize, partOf, withPart } from './parts';

const right = 'pull-requests: write';

const comment = z.object({
  id: z.number(),
  body: z.string().nullish(),
  user: z.object({ login: z.string() }).nullable(),
});

/** What was done, and what somebody should know of it. */
export interface Done {
  did: 'made' | 'updated' | 'left as it is';
  warnings: readonly string[];
}

/** How often a part is written anew when the writer of the other has overwritten it. */
const tries = 4;

/**
 * Makes the one comment at a pull request, or updates one of its parts in place (`parts.ts`).
 *
 * GitHub knows no condition for a write, and two workflows may write at once; so what was written is read
 * again. A comment that somebody else has begun with a marker of ours is never touched.
 *
 * @param text the part; its first line says which
 * @param author who writes with this token
 * @throws UserError when the text is no part of ours or too long, or GitHub refuses
 */
export async function writeComment(
  repository: Repository,
  pull: number,
  text: string,
  author: string,
): Promise<Done> {
  checkPart(text);
  const comments = `/issues/${pull}/comments`;
  const one = (id: number) => ({ path: `/issues/comments/${id}`, right, answer: anything });
  let did: Done['did'] = 'left as it is';
  let made: number | undefined;
  for (let tried = 1; ; tried++) {
    const marked = (await askAll(repository, { path: comments, right, item: comment })).filter(
      ({ body }) => partOf(body ?? '') !== undefined,
    );
    const ours = marked.filter(({ user }) => user?.login === author);
    const [first] = ours;
    // GitHub keeps texts without the last line's end.
    const body = withPart(first?.body ?? '', text);
    const written = first?.body?.trimEnd() === body;
    if (first && made !== undefined && first.id !== made) {
      // Both writers found none; the older one stays.
      await ask(repository, { method: 'DELETE', ...one(made) });
      made = undefined;
      continue;
    }
    if (written || tried > tries) {
      const others = marked.filter(({ user }) => user?.login !== author);
      return {
        did,
        warnings: [
          ...(written ? [] : ['the comment is overwritten as often as it is written; run it again']),
          ...others.map(
            ({ id, user }) => `comment ${id} of ${user?.login ?? 'nobody'} has our marker, and is left alone`,
          ),
          ...ours.slice(1).map(({ id }) => `comment ${id} is ours too, and is left as it is`),
        ],
      };
    }
    if (first) {
      await ask(repository, { method: 'PATCH', ...one(first.id), body: { body } });
      did = did === 'made' ? 'made' : 'updated';
    } else {
      const { id } = await ask(repository, {
        ...{ method: 'POST', path: comments, right },
        answer: comment,
        body: { body },
      });
      made = id;
      did = 'made';
    }
  }
}

function checkPart(text: string): void {
  const part = partOf(text);
  if (!part) {
    throw new UserError(
      'the text does not begin with a marker of ours, such as `npm run diff` and `npm run preview` write; without it the next run would make a second comment.',
    );
  }
  if (text.length > part.size) {
    throw new UserError(
      `the text has ${text.length} characters; it may have ${part.size} of the ${commentSize} that GitHub takes in a comment.`,
    );
  }
}

const openPull = z.object({ number: z.number(), head: z.object({ sha: z.string() }) });

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
  const pulls = await askAll(repository, { path, right, item: openPull });
  return pulls.find(({ head: { sha } }) => sha === commit)?.number;
}
