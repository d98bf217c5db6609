import { z } from 'zod';
import { UserError } from '../command-line';
import { issueText } from '../json';

/** A repository on GitHub, and who asks. */
export interface Repository {
  /** `OWNER/NAME`. */
  name: string;
  /** Of the REST API, without a slash at the end. */
  url: string;
  token: string;
}

/** The repository that a workflow runs for. @throws UserError that names all variables that are missing */
export function repositoryOf(environment: Readonly<Record<string, string | undefined>>): Repository {
  const names = ['GITHUB_REPOSITORY', 'GITHUB_TOKEN'];
  const missing = names.filter((name) => (environment[name] ?? '') === '');
  if (missing.length > 0) {
    throw new UserError(
      `${missing.join(', ')}: not set. GITHUB_REPOSITORY is OWNER/NAME, GITHUB_TOKEN a token that may write to it; ` +
        'a workflow has both, the second as `env: GITHUB_TOKEN: ${{ github.token }}`.',
    );
  }
  const { GITHUB_REPOSITORY: name = '', GITHUB_TOKEN: token = '', GITHUB_API_URL: url } = environment;
  // What a header cannot hold; the error of the request would repeat it.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new UserError('GITHUB_TOKEN: found blanks or other characters that no token has. Set it anew.');
  }
  if (url !== undefined && !URL.canParse(url)) {
    throw new UserError(
      `GITHUB_API_URL: found ${JSON.stringify(url)}; allowed is a URL, such as https://api.github.com.`,
    );
  }
  if (!/^[\w.-]+\/[\w.-]+$/.test(name) || name.split('/').some((part) => /^\.+$/.test(part))) {
    throw new UserError(`GITHUB_REPOSITORY: found ${JSON.stringify(name)}; allowed is OWNER/NAME.`);
  }
  return { name, token, url: (url ?? 'https://api.github.com').replace(/\/$/, '') };
}

/** A request, and what is read of its answer. */
export interface Question<T> {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the repository, such as `/pulls`. */
  path: string;
  /** What the token needs for it, as a workflow's `permissions` has it. */
  right: string;
  answer: z.ZodType<T>;
  body?: object;
}

/** Where nothing of an answer is read; a deletion is answered with nothing. */
export const anything = z.unknown();

/**
 * Asks GitHub.
 *
 * @throws UserError when GitHub refuses, does not answer, or answers with something else than GitHub does
 */
export async function ask<T>(
  { name, url, token }: Repository,
  { method, path, right, answer, body }: Question<T>,
): Promise<T> {
  const what = `${method} ${url}/repos/${name}${path}`;
  const response = await fetch(`${url}/repos/${name}${path}`, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'x-github-api-version': '2022-11-28',
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  }).catch((error: unknown) => {
    throw new UserError(`${what}: no answer (${why(error)}). Look at GITHUB_API_URL, and run it again.`, {
      cause: error,
    });
  });
  const text = await response.text().catch((error: unknown) => {
    throw new UserError(`${what}: the answer broke off (${why(error)}). Run it again.`, {
      cause: error,
    });
  });
  if (!response.ok) {
    throw new UserError(`${what}: ${response.status} ${said(text)}. ${remedy(response, right)}`.trimEnd());
  }
  const { success, data, error } = answer.safeParse(parsed(text));
  if (success) return data;
  const issues = error.issues.slice(0, 3).map(issueText).join('; ');
  throw new UserError(
    `${what}: ${response.status}, and not what GitHub answers (${issues}): found ${start(text)}. ` +
      'Look whether GITHUB_API_URL is that of GitHub, and what stands between.',
  );
}

/** Every item of a list, page by page. */
export async function askAll<T>(
  repository: Repository,
  { path, right, item }: { path: string; right: string; item: z.ZodType<T> },
): Promise<T[]> {
  const found: T[] = [];
  const join = path.includes('?') ? '&' : '?';
  for (let page = 1; ; page++) {
    const items = await ask(repository, {
      method: 'GET',
      path: `${path}${join}per_page=${pageSize}&page=${page}`,
      right,
      answer: z.array(item),
    });
    found.push(...items);
    if (items.length < pageSize) return found;
  }
}

const pageSize = 100;

/** Undefined: no JSON, which no schema of an answer allows. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** How an answer begins, on one line. */
const start = (text: string): string =>
  text.trim() === '' ? 'nothing' : JSON.stringify(text.trim().slice(0, 100));

const refusal = z.object({
  message: z.string(),
  errors: z.array(z.union([z.string(), z.object({ message: z.string() })])).catch([]),
});

/** GitHub's reason; of a request that it could process in part, each. */
function said(text: string): string {
  const { data } = refusal.safeParse(parsed(text));
  if (!data) return `without a reason: found ${start(text)}`;
  const errors = data.errors.map((error) => (typeof error === 'string' ? error : error.message));
  return onOneLine([data.message, ...errors].join('; '));
}

/** Without what a terminal or the log of a workflow would take for a command. */
const onOneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').slice(0, 1000);

/** fetch says that it failed, and why in the cause. */
const why = (error: unknown): string => {
  const { message, cause } = error as Error & { cause?: { message?: string } };
  return cause?.message === undefined ? message : `${message}: ${cause.message}`;
};

function remedy({ status, headers }: Response, right: string): string {
  if (status === 401) return 'GITHUB_TOKEN is no token, or has expired.';
  if (headers.get('x-ratelimit-remaining') === '0') return 'Too many requests; run it again in an hour.';
  // GitHub says 404 for what a token may not see.
  if (status === 403 || status === 404) {
    return `GITHUB_TOKEN has not the right to it: the job needs \`permissions: ${right}\`. In a pull request of a fork no job has it.`;
  }
  return status >= 500 ? 'Run it again.' : '';
}
