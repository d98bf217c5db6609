import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Asked {
  method: string;
  path: string;
  body: unknown;
}

/** A server that answers as GitHub's API does, for what the scripts ask, and remembers what it was asked. */
export interface GitHub {
  url: string;
  asked: Asked[];
  comments: { id: number; body: string; user: { login: string } }[];
  issues: { number: number; body: string; user: { login: string }; state: string }[];
  pulls: { number: number; head: { sha: string } }[];
  /** Answers every request with it instead. */
  refuse: { status: number; message: string; headers?: Record<string, string> } | undefined;
  /** Answers every request with this text instead. */
  says: { status: number; text: string } | undefined;
  /** What happens right after each write, by somebody else. */
  afterWrite: (() => void) | undefined;
  close: () => Promise<void>;
}

export async function startGitHub(): Promise<GitHub> {
  const github: GitHub = {
    url: '',
    asked: [],
    comments: [],
    issues: [],
    pulls: [],
    refuse: undefined,
    says: undefined,
    afterWrite: undefined,
    close: () =>
      new Promise((resolve) =>
        server.close(() => {
          resolve();
        }),
      ),
  };
  const server = createServer((request, response) => {
    void body(request).then((text) => {
      answer(github, request, text, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  github.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return github;
}

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const bot = { login: 'github-actions[bot]' };

function answer(github: GitHub, request: IncomingMessage, text: string, response: ServerResponse): void {
  const { method = '', url = '' } = request;
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const given = text === '' ? undefined : (JSON.parse(text) as { body?: string; state?: string });
  if (method !== 'GET') github.asked.push({ method, path: pathname, body: given });
  const { refuse, says } = github;
  if (says) {
    response.writeHead(says.status).end(says.text);
    return;
  }
  if (refuse) {
    response.writeHead(refuse.status, refuse.headers).end(JSON.stringify({ message: refuse.message }));
    return;
  }
  const [, what = '', id = '', rest = ''] =
    /^\/repos\/o\/r\/(\w+)(?:\/(\w+))?(?:\/(\w+))?$/.exec(pathname) ?? [];
  const send = (value: unknown) => response.end(JSON.stringify(value));
  const page = (all: readonly object[]) => {
    const size = Number(searchParams.get('per_page'));
    const from = (Number(searchParams.get('page')) - 1) * size;
    return send(all.slice(from, from + size));
  };
  if (what === 'pulls') page(searchParams.get('head') === 'fork:topic' ? github.pulls : []);
  else if (method === 'GET' && rest === 'comments') page(github.comments);
  else if (method === 'GET') page(github.issues.filter(({ state }) => state === 'open'));
  else if (method === 'POST' && rest === 'comments') {
    const comment = { id: github.comments.length + 1, body: given?.body ?? '', user: bot };
    github.comments.push(comment);
    send(comment);
  } else if (method === 'DELETE') {
    github.comments = github.comments.filter(({ id: one }) => String(one) !== rest);
    response.writeHead(204).end();
  } else if (method === 'POST') {
    const issue = { number: github.issues.length + 1, body: given?.body ?? '', user: bot, state: 'open' };
    github.issues.push(issue);
    send(issue);
  } else {
    const found =
      id === 'comments'
        ? github.comments.find((comment) => String(comment.id) === rest)
        : github.issues.find(({ number }) => String(number) === id);
    Object.assign(found ?? {}, given);
    send(found);
  }
  if (method !== 'GET') github.afterWrite?.();
}
