import { execFileSync } from 'node:child_process';
import {
  accessSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as DownloadModule from '../../../../proof/sandbox/tools/download';
import type * as FetchingModule from '../../../../proof/sandbox/tools/fetching';
import { cutOff, sha256, stalled, Upstream } from './upstream';

const program = '#!/bin/sh\necho etcd Version: 3.6.14\n';
const address = 'https://example.com/v1/etcd';
const upstream = new Upstream();
const folder = mkdtempSync(join(tmpdir(), 'sandbox-download-'));
const before = { ...process.env };
let download: typeof DownloadModule.download;
let reachable: typeof FetchingModule.reachable;

beforeAll(async () => {
  await upstream.start();
  process.env['XDG_CACHE_HOME'] = join(folder, 'cache');
  process.env['SANDBOX_TOOLS_MIRROR'] = upstream.url;
  ({ download } = jest.requireActual<typeof DownloadModule>('../../../../proof/sandbox/tools/download'));
  ({ reachable } = jest.requireActual<typeof FetchingModule>('../../../../proof/sandbox/tools/fetching'));
});

beforeEach(() => {
  rmSync(join(folder, 'cache'), { recursive: true, force: true });
  upstream.answers.clear();
  upstream.asked.length = 0;
});

afterAll(async () => {
  await upstream.stop();
  process.env = before;
  rmSync(folder, { recursive: true });
});

const cached = () => readdirSync(join(folder, 'cache', 'monitoring-sandbox', 'downloads'));
const get = (from: object = {}, tool = 'etcd', stallSeconds = 30) =>
  download(tool, { address, sha256: sha256(program), ...from }, new Map(), stallSeconds);

jest.setTimeout(60_000);

describe('the download of a tool', () => {
  it('lands executable, under the sum of its content', async () => {
    upstream.answers.set('example.com/v1/etcd', program);
    const file = await get();
    expect(cached()).toEqual([`example.com_v1_etcd-${sha256(program)}`]);
    expect(readFileSync(file, 'utf8')).toBe(program);
    expect(() => {
      accessSync(file, constants.X_OK);
    }).not.toThrow();
  });

  it("is verified by upstream's checksum file where the lock holds no sum", async () => {
    upstream.answers.set('example.com/v1/etcd', program);
    upstream.answers.set('example.com/v1/SUMS', `${'0'.repeat(64)}  other\n${sha256(program)}  etcd\n`);
    const file = await get({ sha256: undefined, checksums: 'https://example.com/v1/SUMS' });
    expect(file).toContain(sha256(program));
  });

  it('with a wrong sum ends with both sums and the address, and keeps nothing', async () => {
    upstream.answers.set('example.com/v1/etcd', 'something else');
    await expect(get()).rejects.toMatchObject({
      name: 'ChecksumError',
      message:
        `${address} is not what it should be:\n` +
        `  sha256 of what was downloaded: ${sha256('something else')}\n` +
        `  sha256 by the lock file: ${sha256(program)}\n` +
        'Nothing of it was kept. Either the address serves another file now, or somebody stands in between: find ' +
        'out which before anything else. SANDBOX_TOOLS=build works without it.',
    });
    expect(cached()).toEqual([]);
  });

  it("with another sum than upstream's file says where that sum stands", async () => {
    upstream.answers.set('example.com/v1/etcd', 'something else');
    upstream.answers.set('example.com/v1/etcd.sha256', sha256(program));
    await expect(get({ sha256: undefined, checksums: `${address}.sha256` })).rejects.toThrow(
      `sha256 by ${address}.sha256: ${sha256(program)}`,
    );
  });

  it.each([
    ['is not there', undefined, 'answers 404'],
    ['is cut off', cutOff, 'was cut off'],
    ['is slow', stalled, 'sent nothing for 0.5 s'],
  ])('that %s is unavailable, and keeps nothing', async (_, answer, reason) => {
    if (answer) upstream.answers.set('example.com/v1/etcd', answer);
    await expect(get({}, 'etcd', answer === stalled ? 0.5 : 30)).rejects.toMatchObject({
      name: 'Unavailable',
      message: expect.stringContaining(reason) as string,
    });
    expect(cached()).toEqual([]);
  });

  it('from a host that does not answer is unavailable', async () => {
    process.env['SANDBOX_TOOLS_MIRROR'] = 'http://127.0.0.1:1';
    try {
      await expect(get()).rejects.toMatchObject({ name: 'Unavailable' });
    } finally {
      process.env['SANDBOX_TOOLS_MIRROR'] = upstream.url;
    }
  });

  it('whose checksum file names no sum of it is unavailable', async () => {
    upstream.answers.set('example.com/v1/etcd', program);
    upstream.answers.set('example.com/v1/SUMS', 'nothing');
    await expect(get({ sha256: undefined, checksums: 'https://example.com/v1/SUMS' })).rejects.toMatchObject({
      name: 'Unavailable',
      message: `https://example.com/v1/SUMS holds no sum of ${address}`,
    });
  });
});

describe('an archive', () => {
  const archive = () => {
    mkdirSync(join(folder, 'content', 'pulumi'), { recursive: true });
    for (const name of ['pulumi', 'pulumi-language-nodejs'])
      writeFileSync(join(folder, 'content', 'pulumi', name), program, { mode: 0o755 });
    return execFileSync('tar', ['-czf', '-', '-C', join(folder, 'content'), 'pulumi']);
  };
  const from = (content: Buffer, file: string) => ({
    address: 'https://example.com/pulumi.tar.gz',
    sha256: sha256(content),
    file,
  });

  it('is unpacked, and downloaded once for all tools in it', async () => {
    const content = archive();
    upstream.answers.set('example.com/pulumi.tar.gz', content);
    const underWay = new Map<string, Promise<string>>();
    const files = await Promise.all(
      ['pulumi', 'pulumi-language-nodejs'].map((tool) =>
        download(tool, from(content, `pulumi/${tool}`), underWay, 30),
      ),
    );
    expect(files.map((file) => file.split('/').slice(-2).join('/'))).toEqual([
      'pulumi/pulumi',
      'pulumi/pulumi-language-nodejs',
    ]);
    expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual([program, program]);
    expect(upstream.asked).toEqual(['example.com/pulumi.tar.gz']);
  });

  it('without the program is unavailable', async () => {
    const content = archive();
    upstream.answers.set('example.com/pulumi.tar.gz', content);
    await expect(get(from(content, 'pulumi/esc'), 'esc')).rejects.toThrow(
      'https://example.com/pulumi.tar.gz holds no pulumi/esc',
    );
  });
});

describe('the probe', () => {
  it('finds the hosts that answer, whatever they say', async () => {
    expect(await reachable([address, 'https://other.example/x'])).toEqual(
      new Set([address, 'https://other.example/x']),
    );
  });

  it('gives up hosts that refuse', async () => {
    process.env['SANDBOX_TOOLS_MIRROR'] = 'http://127.0.0.1:1';
    try {
      expect(await reachable([address])).toEqual(new Set());
    } finally {
      process.env['SANDBOX_TOOLS_MIRROR'] = upstream.url;
    }
  });

  it('gives up hosts that are silent when its time is over', async () => {
    upstream.answers.set('', () => undefined);
    const began = Date.now();
    expect(await reachable([address], 0.3)).toEqual(new Set());
    expect(Date.now() - began).toBeLessThan(5000);
  });
});
