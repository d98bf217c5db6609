import { z } from 'zod';
import { anything, ask, askAll, type Repository } from './api';

const right = 'issues: write';

/** What the nightly look has found of the stacks. */
export interface DriftFound {
  drifted: readonly { stack: string; text: string }[];
  /** Those that could not be looked at; nothing is known of them. */
  unknown: readonly { stack: string; text: string }[];
}

const issue = z.object({
  number: z.number(),
  body: z.string().nullish(),
  user: z.object({ login: z.string() }).nullable(),
  pull_request: z.unknown().optional(),
});

const marker = '<!-- monitoring: drift -->';
const title = 'The clusters are not what the stacks say';

/**
 * Opens the one issue about drift, updates it, or closes it.
 *
 * It is closed only when every stack could be looked at: an edge that does not answer is no edge without
 * drift.
 *
 * @param author who writes with this token
 * @param text what the issue says
 * @returns what was done, for people
 */
export async function writeDriftIssue(
  repository: Repository,
  { drifted, unknown }: DriftFound,
  text: string,
  author: string,
): Promise<string> {
  const issues = await askAll(repository, {
    path: `/issues?state=open&creator=${encodeURIComponent(author)}`,
    right,
    item: issue,
  });
  const open = issues.find(
    ({ body, user, pull_request: pull }) =>
      pull === undefined && user?.login === author && body?.startsWith(marker) === true,
  );
  const body = `${marker}\n${text}`;
  const path = `/issues/${String(open?.number)}`;
  const change = (changes: object) =>
    ask(repository, { method: 'PATCH', path, right, answer: anything, body: changes });
  if (drifted.length > 0) {
    if (!open) {
      const { number } = await ask(repository, {
        ...{ method: 'POST', path: '/issues', right },
        answer: issue,
        body: { title, body },
      });
      return `opened issue ${number}`;
    }
    await change({ body });
    return `updated issue ${open.number}`;
  }
  if (!open) return unknown.length > 0 ? 'no drift seen, not all stacks looked at' : 'no drift, no issue';
  if (unknown.length > 0) return `left issue ${open.number} open: not all stacks could be looked at`;
  await ask(repository, {
    ...{ method: 'POST', path: `${path}/comments`, right },
    answer: anything,
    body: { body: 'No drift in any stack: closed.' },
  });
  await change({ state: 'closed', state_reason: 'completed' });
  return `closed issue ${open.number}`;
}
