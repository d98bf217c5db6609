import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** Something that accepts connections as an API server does, and a kubeconfig whose context leads to it. */
export interface ApiServer {
  url: string;
  kubeconfig: string;
  close: () => Promise<void>;
}

export async function startApiServer(context: string): Promise<ApiServer> {
  const folder = mkdtempSync(join(tmpdir(), 'api-server-'));
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const kubeconfig = join(folder, 'config');
  writeFileSync(
    kubeconfig,
    stringify({
      contexts: [{ name: context, context: { cluster: context, user: context } }],
      clusters: [{ name: context, cluster: { server: url } }],
    }),
  );
  return {
    url,
    kubeconfig,
    close: async () => {
      rmSync(folder, { recursive: true });
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
