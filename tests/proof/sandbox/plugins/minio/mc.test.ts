import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, type Server as TcpServer, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filePlaceholder, type Mc, fatal, mcFor } from '../../../../../proof/sandbox/plugins/minio/mc';

/** Stands in for mc: says what it was given, and fails as mc does when asked to. */
const fake = `#!${process.execPath}
const [, , ...args] = process.argv;
const say = (message) => console.log(JSON.stringify(message));
if (args.includes('fail')) {
  say({ status: 'error', error: { message: 'Unable', cause: { message: '' } } });
  say({ status: 'error', error: { message: 'Unable to do it', cause: { message: 'The server says no' } } });
  process.exit(1);
}
const fs = require('fs');
const file = args.find((arg) => arg.endsWith('/input'));
say({ status: 'first of two' });
say({ args, env: process.env, stdin: fs.readFileSync(0, 'utf8'), file: file && fs.readFileSync(file, 'utf8') });
`;

interface Seen {
  readonly args: string[];
  readonly env: Record<string, string>;
  readonly stdin: string;
  readonly file?: string;
}

describe('the MinIO client', () => {
  const path = process.env['PATH'];
  let folder: string;
  let listener: TcpServer;
  let mc: Mc;
  let port: number;

  function clientOf(onPort: number): Mc {
    return mcFor({
      endpoint: `127.0.0.1:${String(onPort)}`,
      user: 'root',
      password: 'pass/@+x9',
      region: 'us-east-1',
      tls: false,
      insecure: false,
    });
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mc-'));
    await writeFile(join(folder, 'mc'), fake);
    await chmod(join(folder, 'mc'), 0o755);
    process.env['PATH'] = folder;
    listener = createServer((socket) => socket.end());
    await new Promise<void>((listening) => listener.listen(0, '127.0.0.1', listening));
    port = (listener.address() as AddressInfo).port;
    mc = clientOf(port);
  });

  afterAll(async () => {
    process.env['PATH'] = path;
    await new Promise((closed) => listener.close(closed));
    await rm(folder, { recursive: true });
  });

  it('has no credential on its command line: the root user in the environment, a new one on standard input', async () => {
    const seen = (await mc(['admin', 'user', 'add', 'sandbox'], { stdin: 'user\nsecret12\n' })) as Seen;
    expect(seen.args.slice(3)).toEqual(['admin', 'user', 'add', 'sandbox']);
    expect(seen.args.join(' ')).not.toMatch(/pass|secret12/);
    expect(seen.env['MC_HOST_sandbox']).toBe(`http://root:pass/@+x9@127.0.0.1:${String(port)}`);
    expect(seen.stdin).toBe('user\nsecret12\n');
  });

  it('uses a configuration folder of its own and hands a text over as a file in it', async () => {
    const seen = (await mc(['admin', 'policy', 'create', 'sandbox', 'p', filePlaceholder], {
      file: '{}',
    })) as Seen;
    expect(seen.args[0]).toBe('--config-dir');
    expect(seen.args.at(-1)).toBe(`${seen.args[1] ?? ''}/input`);
    expect(seen.file).toBe('{}');
    expect(seen.env['HOME']).toBe(seen.args[1]);
  });

  it('passes on what the server says, in the real provider’s words around it', async () => {
    await expect(mc(['fail'])).rejects.toThrow(/^The server says no$/);
    expect(fatal('unable to check bucket', 'thanos', new Error('no')).message).toBe(
      '[FATAL] unable to check bucket (thanos): no',
    );
  });

  it('does not wait for a server that is not there', async () => {
    await expect(clientOf(1)(['version', 'info'])).rejects.toThrow(
      'dial tcp 127.0.0.1:1: connect: connection refused',
    );
  });

  it('says that mc is missing', async () => {
    process.env['PATH'] = join(folder, 'nowhere');
    await expect(mc(['ls'])).rejects.toThrow("the sandbox's minio plugin needs the MinIO client mc on PATH");
    process.env['PATH'] = folder;
  });
});
