import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { centralAnswers, edgeAnswers } from './recorded-answers';

/**
 * Stands in for kubectl, by its context: `proxy` answers what is recorded of an API server, `port-forward`
 * what is recorded of the server behind it. Anything else ends in an error.
 */

const args = process.argv.slice(2);
const argument = (after: string) => args[args.indexOf(after) + 1] ?? '';
const { api, forwarded } = argument('--context') === 'cluster-01' ? centralAnswers : edgeAnswers;

const started = (server: Server, at: string | number, say: () => string) =>
  server.listen(at, () => {
    console.log(say());
  });

const answering = (answer: (path: string) => unknown): Server =>
  createServer(({ url = '' }, response) => {
    const body = answer(decodeURIComponent(url));
    if (body === undefined) {
      response
        .writeHead(403)
        .end(JSON.stringify({ kind: 'Status', message: 'secrets is forbidden: User "x"' }));
      return;
    }
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });

const socket = args.find((arg) => arg.startsWith('--unix-socket='))?.slice('--unix-socket='.length);
// A proxy that would pass on a change is not started.
const readsAlone = args.includes('--reject-methods=^(POST|PUT|PATCH|DELETE)$');
if (socket !== undefined && readsAlone)
  started(answering(api), socket, () => `Starting to serve on ${socket}`);
else if (args.includes('port-forward')) {
  const [target = '', port = ''] = args.slice(-2);
  const answer = forwarded[`${target} ${port}`];
  if (answer) {
    const server = answering(answer);
    started(
      server,
      0,
      () => `Forwarding from 127.0.0.1:${(server.address() as AddressInfo).port} -> ${port}`,
    );
  } else {
    console.error(`error: ${target} ${port} not found`);
    process.exitCode = 1;
  }
} else {
  console.error(`not expected: ${args.join(' ')}`);
  process.exitCode = 1;
}
