import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { credentials } from '@grpc/grpc-js';
import * as proto from '@pulumi/pulumi/proto/provider_grpc_pb';
import { execa } from 'execa';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';

/** Milliseconds that a plugin may take to start and answer. */
const timeout = 20_000;

/**
 * Asks a provider plugin for its version, as the engine does: what a file is called does not say it.
 *
 * @returns undefined when it does not answer
 */
export async function askVersion(plugin: string): Promise<string | undefined> {
  // The address of an engine, which a plugin wants to know before it is asked to do anything.
  const server = execa(plugin, ['127.0.0.1:1'], {
    stdin: 'ignore',
    stderr: 'ignore',
    reject: false,
    timeout,
  });
  try {
    const lines = createInterface({ input: server.stdout });
    const [port] = (await once(lines, 'line', { signal: AbortSignal.timeout(timeout) })) as [string];
    return await infoOf(port.trim());
  } catch {
    return undefined;
  } finally {
    server.kill();
    await server;
  }
}

async function infoOf(port: string): Promise<string> {
  const client = new proto.ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  try {
    return await new Promise((resolve, reject) => {
      client.getPluginInfo(new Empty(), (error, info) => {
        if (error) reject(error);
        else resolve(info.getVersion());
      });
    });
  } finally {
    client.close();
  }
}
