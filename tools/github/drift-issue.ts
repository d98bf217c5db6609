import { ask, askAll, type Repository } from './api';

const right = 'issues: write';

/** What the nightly look has found of the stacks. */
export interface DriftFound {
  drifted: readonly { stack: string; text: string }[];
  /** Those that could not be looked at; nothing is known of them. */
  unknown: readonly { stack: string; text: string }[];
}

interface Issue {
  number: number;
  body: string | null;
  user: { login: string } | null;
  pull_request?: object;
}

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
  const issues = await askAll<Issue>(
    repository,
    `/issues?state=open&creator=${encodeURIComponent(author)}`,
    right,
  );
  const open = issues.find(
    ({ body, user, pull_request: pull }) =>
      pull === undefined && user?.login === author && body?.startsWith(marker) === true,
  );
  const body = `${marker}\n${text}`;
  if (drifted.length > 0) {
    if (!open) {
      const { number } = await ask<Issue>(repository, 'POST', '/issues', right, { title, body });
      return `opened issue ${number}`;
    }
    await ask(repository, 'PATCH', `/issues/${open.number}`, right, { body });
    return `updated issue ${open.number}`;
  }
  if (!open) return unknown.length > 0 ? 'no drift seen, not all stacks looked at' : 'no drift, no issue';
  if (unknown.length > 0) return `left issue ${open.number} open: not all stacks could be looked at`;
  await ask(repository, 'POST', `/issues/${open.number}/comments`, right, {
    body: 'No drift in any stack: closed.',
  });
  await ask(repository, 'PATCH', `/issues/${open.number}`, right, {
    state: 'closed',
    state_reason: 'completed',
  });
  return `closed issue ${open.number}`;
}
