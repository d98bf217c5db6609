import { join } from 'node:path';
import { remoteWritePath } from '../../samples/remote-write';
import { Agent, type AgentOptions } from '../../lab/agent';
import { Gate } from '../../lab/gate';
import { startReceive, type Receive } from '../../lab/receive';
import type { Pipeline } from './pipeline';

/** What the agents of all pipelines have in common. */
export type CommonAgent = Omit<AgentOptions, 'folder' | 'remoteWrite' | 'flags'>;

const receiveArguments = (folder: string): string[] => [
  'receive',
  // Receive demands one.
  '--label=receive_replica="0"',
  `--tsdb.path=${join(folder, 'data')}`,
];

/** Agent that writes to the first Receive over plain HTTP, as a pipeline. */
async function pipeline(
  folder: string,
  common: CommonAgent,
  receive: [Receive, ...Receive[]],
): Promise<Pipeline> {
  const gate = await Gate.to(receive[0].ports.remoteWrite);
  const remoteWrite = { url: `${gate.url}${remoteWritePath}` };
  const agent = new Agent({ ...common, folder: join(folder, 'agent'), remoteWrite });
  await agent.start();
  return { agent, receive, gate };
}

/** Prometheus Agent and one Thanos Receive with only what they demand: addresses, paths, a label. */
export async function atDefaults(folder: string, common: CommonAgent): Promise<Pipeline> {
  const inside = join(folder, 'receive');
  const receive = await startReceive({ name: 'receive', folder: inside, args: receiveArguments(inside) });
  return pipeline(folder, common, [receive]);
}

/** The same with a router before the ingestor, without which it cannot be one of many. */
export async function atDefaultsWithRouter(folder: string, common: CommonAgent): Promise<Pipeline> {
  const [inside, before] = [join(folder, 'ingestor'), join(folder, 'router')];
  const ingestor = await startReceive({ name: 'ingestor', folder: inside, args: receiveArguments(inside) });
  const ring = JSON.stringify([{ endpoints: [`127.0.0.1:${ingestor.ports.grpc}`] }]);
  const router = await startReceive({
    name: 'router',
    folder: before,
    args: [...receiveArguments(before), `--receive.hashrings=${ring}`],
  });
  return pipeline(folder, common, [router, ingestor]);
}
