import { join } from 'node:path';
import { Gate } from '../../lab/gate';
import { startAgent, startReceive, type AgentOptions, type Way } from './pipeline';

type Agent = Omit<AgentOptions, 'folder' | 'remoteWrite' | 'flags'>;

const receiveArguments = (folder: string): string[] => [
  'receive',
  // Receive demands one.
  '--label=receive_replica="0"',
  `--tsdb.path=${join(folder, 'data')}`,
];

const agentOf = (agent: Agent, folder: string, gate: Gate) =>
  startAgent({
    ...agent,
    folder: join(folder, 'agent'),
    remoteWrite: { url: `${gate.url}/api/v1/receive` },
    flags: [],
  });

/** Prometheus Agent and one Thanos Receive with nothing said but what they demand: addresses, paths, a label. No TLS. */
export async function atDefaults(folder: string, agent: Agent): Promise<Way> {
  const inside = join(folder, 'receive');
  const receive = await startReceive('receive', receiveArguments(inside), inside);
  const gate = await Gate.to(receive.ports.remoteWrite);
  return { agent: await agentOf(agent, folder, gate), receive: [receive], gate };
}

/** The same with a router before it, which is what an ingestor needs to be one of many. */
export async function atDefaultsWithRouter(folder: string, agent: Agent): Promise<Way> {
  const [inside, before] = [join(folder, 'ingestor'), join(folder, 'router')];
  const ingestor = await startReceive('ingestor', receiveArguments(inside), inside);
  const ring = JSON.stringify([{ endpoints: [`127.0.0.1:${ingestor.ports.grpc}`] }]);
  const router = await startReceive(
    'router',
    [...receiveArguments(before), `--receive.hashrings=${ring}`],
    before,
  );
  const gate = await Gate.to(router.ports.remoteWrite);
  return { agent: await agentOf(agent, folder, gate), receive: [router, ingestor], gate };
}
