import { existsSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { discard } from './clusters';
import { recordedObjectStore, stopObjectStore } from './object-store';
import { state } from './paths';
import { endProcesses, ownerVariable, processesOf, type SandboxProcess } from './processes';
import { runSteps } from './progress';
import { remove } from './pulumi';
import { recorded, type Sandbox } from './record';

/** A port that the sandbox listened on. */
interface Port {
  what: string;
  host: string;
  port: number;
}

/**
 * Removes everything but the tools, then looks whether anything is left. Clusters that were given keep
 * running, less what the stacks put there.
 *
 * @param forget whether stacks on given clusters are forgotten instead of destroyed: for clusters that are
 *   gone
 * @returns what is left, for people; empty when nothing is
 */
export async function down(forget: boolean): Promise<string[]> {
  const sandbox = recorded();
  const ports = portsOf(sandbox);
  const stacks = Object.keys(sandbox?.clusters ?? {}).toSorted();
  const own = sandbox?.real ? [] : ownClusters(stacks);
  await runSteps([
    ...(sandbox?.real && !forget ? stacks.toReversed() : []).map((stack) => ({
      title: `pulumi destroy ${stack}`,
      run: () => remove(stack),
    })),
    [
      ...own.map((name) => ({ title: `Kubernetes ${name}`, run: () => discard(name).then(() => 'gone') })),
      { title: 'MinIO', run: () => stopObjectStore().then(() => 'gone') },
    ],
    {
      title: 'processes of the sandbox',
      run: async () => {
        const before = processesOf(state).length;
        await endProcesses(() => processesOf(state), { interrupt: 60, terminate: 10 });
        return before === 0 ? 'none was left' : `${before} ended`;
      },
    },
    {
      title: 'state',
      run: () => {
        rmSync(state, { recursive: true, force: true });
        return Promise.resolve('gone');
      },
    },
  ]);
  return left(ports);
}

/** The clusters of kwokctl: those that were noted, and those of a run that was killed before it could. */
function ownClusters(noted: readonly string[]): string[] {
  const folder = join(state, 'kwok', 'clusters');
  const found = existsSync(folder) ? readdirSync(folder) : [];
  return [...new Set([...noted, ...found])].toSorted();
}

/** Looks for what a sandbox consists of, and says what it looked for. */
async function left(ports: readonly Port[]): Promise<string[]> {
  const processes = processesOf(state);
  const open = await Promise.all(ports.map(async (port) => ((await answers(port)) ? [port] : [])));
  const folders = [state].filter((folder) => existsSync(folder));
  console.log(
    [
      '',
      'Looked for what may be left:',
      `  processes with ${ownerVariable}=${state}, started from there, or a pulumi with its state there: ${processes.length}`,
      `  ports ${ports.map(({ what, host, port }) => `${host}:${port} (${what})`).join(', ') || '(none was noted)'}: ${open.flat().length} open`,
      `  folder ${state}: ${folders.length === 0 ? 'gone' : 'there'}`,
    ].join('\n'),
  );
  return [
    ...processes.map((found) => `process ${described(found)}`),
    ...open.flat().map(({ what, host, port }) => `port ${host}:${port} (${what}) is open`),
    ...folders.map((folder) => `folder ${folder}`),
  ];
}

const described = ({ pid, command }: SandboxProcess) =>
  `${pid}: ${command.length > 120 ? `${command.slice(0, 117)}...` : command}`;

/** Where the sandbox's own servers listen. Given clusters keep theirs. */
function portsOf(sandbox: Sandbox | undefined): Port[] {
  const store = recordedObjectStore();
  const servers = sandbox?.real ? [] : Object.entries(sandbox?.clusters ?? {});
  return [
    ...(store ? [{ what: 'MinIO', host: store.address, port: store.port }] : []),
    ...servers.map(([name, { server }]) => {
      const { hostname, port } = new URL(server);
      return { what: `API server of ${name}`, host: hostname, port: Number(port) };
    }),
  ];
}

/** Whether anything listens on a port. */
const answers = ({ host, port }: Port): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 });
    const end = (found: boolean) => () => {
      socket.destroy();
      resolve(found);
    };
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false));
  });
