import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Step, Steps } from '../../../../proof/sandbox/progress';
import type { Tool } from '../../../../proof/sandbox/tools/catalog';
import type { Download, Lock } from '../../../../proof/sandbox/tools/lock';
import type { Mode } from '../../../../proof/sandbox/tools/mode';
import type * as RefreshModule from '../../../../proof/sandbox/tools/refresh';
import type * as SupplyModule from '../../../../proof/sandbox/tools/supply';
import { sha256, Upstream } from './upstream';

const upstream = new Upstream();
const folder = mkdtempSync(join(tmpdir(), 'sandbox-supply-'));
const path = join(folder, 'path');
const before = { ...process.env };
let supply: typeof SupplyModule;
let refresh: typeof RefreshModule;

const script = (version: string) => `#!/bin/sh\necho etcd Version: ${version}\n`;
const official = script('3.6.14');
const address = 'https://example.com/etcd';
const etcd: Tool = {
  name: 'etcd',
  module: 'go.etcd.io/etcd/server/v3',
  package: 'go.etcd.io/etcd/server/v3',
  folder: 'go',
  onPath: { args: ['--version'], version: /^etcd Version: (\S+)/, least: '3.5.0' },
  sourceMegabytes: 1,
};
const lock = (entry: Download | { build: string } = { address, sha256: sha256(official) }): Lock => ({
  tools: [{ tool: 'etcd', version: '3.6.14', platforms: { here: entry } }],
});

beforeAll(async () => {
  await upstream.start();
  process.env['XDG_CACHE_HOME'] = join(folder, 'cache');
  process.env['PATH'] = `${path}:/usr/bin:/bin`;
  supply = jest.requireActual<typeof SupplyModule>('../../../../proof/sandbox/tools/supply');
  refresh = jest.requireActual<typeof RefreshModule>('../../../../proof/sandbox/tools/refresh');
});

beforeEach(() => {
  process.env['SANDBOX_TOOLS_MIRROR'] = upstream.url;
  rmSync(join(folder, 'cache'), { recursive: true, force: true });
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path);
  upstream.answers.clear();
  upstream.answers.set('example.com/etcd', official);
  upstream.asked.length = 0;
});

afterAll(async () => {
  await upstream.stop();
  process.env = before;
  rmSync(folder, { recursive: true });
});

function onPath(name: string, content: string): string {
  const file = join(path, name);
  writeFileSync(file, content);
  chmodSync(file, 0o755);
  return file;
}

/** Whether a process runs; one that has ended and that nobody has waited for does not. */
const runs = (pid: number) =>
  /^[^Z]/.test(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim());

/** Runs steps without their list; what each answers and says, under its title. */
async function ran(steps: Steps): Promise<Record<string, string[]>> {
  const answers: Record<string, string[]> = {};
  for (const group of steps) {
    const list = 'run' in group ? [group] : group;
    await Promise.all(
      list.map(async ({ title, run }: Step) => {
        const said: string[] = [];
        said.push(await run((doing) => said.push(doing)));
        answers[title] = said;
      }),
    );
  }
  return answers;
}

const provided = (mode: Mode, locked = lock()) =>
  ran(supply.supplySteps([etcd], { mode, lock: locked, platform: 'here' }));
const linked = () => readlinkSync(join(folder, 'cache', 'monitoring-sandbox', '.sandbox', 'bin', 'etcd'));

describe('a tool', () => {
  it('is taken from PATH first', async () => {
    const file = onPath('etcd', script('3.5.1'));
    expect(await provided('auto')).toEqual({
      'where the tools come from': ['1 on PATH'],
      etcd: [file],
      'build from Go modules': ['nothing left to build'],
    });
    expect(linked()).toBe(file);
    expect(upstream.asked).toEqual([]);
  });

  it('writes nothing into the home of the user when it is asked for its version', async () => {
    const [home, temporary] = [join(folder, 'home'), join(folder, 'temporary')];
    mkdirSync(temporary);
    const user = { HOME: process.env['HOME'], TMPDIR: process.env['TMPDIR'] ?? tmpdir() };
    Object.assign(process.env, { HOME: home, TMPDIR: temporary });
    const logs = 'mkdir -p "${PULUMI_HOME:-$HOME/.pulumi}/logs" "${MC_CONFIG_DIR:-$HOME/.mc}/certs"';
    const file = onPath('etcd', `#!/bin/sh\n${logs}\necho etcd Version: 3.6.14\n`);
    expect(await provided('auto')).toMatchObject({ etcd: [file] });
    Object.assign(process.env, user);
    expect({ home: existsSync(home), temporary: readdirSync(temporary) }).toEqual({
      home: false,
      temporary: [],
    });
  });

  it('is downloaded when PATH has none, and taken from the cache the next time', async () => {
    expect((await provided('auto'))['etcd']).toEqual(['3.6.14, downloaded']);
    expect((await provided('auto'))['etcd']).toEqual(['3.6.14, downloaded earlier']);
    expect(upstream.asked).toEqual(['example.com/etcd']);
    expect(linked()).toContain(sha256(official));
  });

  it('is downloaded anew when the lock file has another sum', async () => {
    await provided('auto');
    const newer = script('3.6.15');
    upstream.answers.set('example.com/etcd', newer);
    expect((await provided('auto', lock({ address, sha256: sha256(newer) })))['etcd']).toEqual([
      '3.6.14, downloaded',
    ]);
  });

  it('that is too old on PATH is named, and passed over', async () => {
    const file = onPath('etcd', script('3.4.23'));
    expect(await provided('auto')).toMatchObject({
      'where the tools come from': [
        `etcd: ${file} is 3.4.23, needed is 3.5.0 or newer; it is passed over`,
        '1 to download',
      ],
      etcd: ['3.6.14, downloaded'],
    });
  });

  it('that is too old on PATH is named also when the cache has a newer one', async () => {
    await provided('auto');
    const file = onPath('etcd', script('3.4.23'));
    expect((await provided('auto'))['where the tools come from']).toEqual([
      `etcd: ${file} is 3.4.23, needed is 3.5.0 or newer; it is passed over`,
      '1 in the cache',
    ]);
  });

  it('is not waited for when it has answered and a child of it goes on', async () => {
    const left = join(folder, 'left');
    const file = onPath('etcd', `#!/bin/sh\nsleep 60 &\necho $! > ${left}\necho etcd Version: 3.6.14\n`);
    expect(await provided('auto')).toMatchObject({ etcd: [file] });
    expect(runs(Number(readFileSync(left, 'utf8')))).toBe(false);
  });

  it('is another program of its name when it does not answer as the tool does', async () => {
    onPath('etcd', '#!/bin/sh\necho GNU Midnight Commander 4.8\n');
    expect((await provided('auto'))['where the tools come from']).toEqual(['1 to download']);
  });
});

describe('SANDBOX_TOOLS=path', () => {
  it('lists everything that PATH lacks, and what is too old', async () => {
    const file = onPath('etcd', script('3.4.23'));
    const kwok: Tool = { ...etcd, name: 'kwok' };
    const steps = supply.supplySteps([etcd, kwok], { mode: 'path', lock: lock(), platform: 'here' });
    await expect(ran(steps)).rejects.toThrow(
      new Error(
        'SANDBOX_TOOLS=path, and PATH lacks:\n' +
          `  etcd: ${file} is 3.4.23, needed is 3.5.0 or newer\n` +
          '  kwok: not found\n' +
          'Install them, or set SANDBOX_TOOLS=auto, which downloads or builds them.',
      ),
    );
  });

  it('does not count what the cache has', async () => {
    await provided('auto');
    await expect(provided('path')).rejects.toThrow('etcd: not found');
  });
});

describe('SANDBOX_TOOLS=download', () => {
  it('says which tool cannot be downloaded, and why', async () => {
    await expect(provided('download', lock({ build: 'upstream has none' }))).rejects.toThrow(
      new Error(
        'SANDBOX_TOOLS=download, and these cannot be downloaded:\n' +
          '  etcd: upstream has none\n' +
          'Put them on PATH, or set SANDBOX_TOOLS=auto, which builds them.',
      ),
    );
  });

  it('ends when the program is not there', async () => {
    upstream.answers.clear();
    await expect(provided('download')).rejects.toThrow(`${upstream.url}/example.com/etcd answers 404`);
  });

  it('ends when the host does not answer', async () => {
    process.env['SANDBOX_TOOLS_MIRROR'] = 'http://127.0.0.1:1';
    await expect(provided('download')).rejects.toThrow('etcd: example.com does not answer');
  });
});

/** A go that writes a program instead of compiling one. */
const go = `#!/bin/sh
while [ $# -gt 0 ]; do [ "$1" = -o ] && out=$2; shift; done
printf '#!/bin/sh\\necho built\\n' > "$out/server" && chmod +x "$out/server"
`;

describe('a build', () => {
  beforeEach(() => onPath('go', go));

  it.each([
    [
      'upstream has no program',
      () => provided('auto', lock({ build: 'upstream has none' })),
      'to be built: upstream has none',
    ],
    [
      'the program is not there',
      () => {
        upstream.answers.clear();
        return provided('auto');
      },
      () => `to be built: ${upstream.url}/example.com/etcd answers 404`,
    ],
    [
      'the host does not answer',
      () => {
        process.env['SANDBOX_TOOLS_MIRROR'] = 'http://127.0.0.1:1';
        return provided('auto');
      },
      'to be built: example.com does not answer',
    ],
    ['it is asked for', () => provided('build'), 'to be built: SANDBOX_TOOLS=build'],
  ])('takes place when %s', async (_, run, why) => {
    expect(await run()).toMatchObject({
      etcd: [typeof why === 'string' ? why : why()],
      'build from Go modules': [
        'building etcd (1 of 1, under a minute left)',
        'putting the programs in their place',
        'etcd v3.6.14',
      ],
    });
    expect(linked()).toBe(join(folder, 'cache', 'monitoring-sandbox', 'bin', 'etcd'));
    expect((await provided('build'))['etcd']).toEqual(['v3.6.14, built earlier']);
  });

  it('never takes the place of a download with a wrong sum', async () => {
    upstream.answers.set('example.com/etcd', 'something else');
    await expect(provided('auto')).rejects.toMatchObject({ name: 'ChecksumError' });
  });
});

describe('the lock file taken anew', () => {
  const checksums = 'https://example.com/SUMS';

  it("has the sums of upstream's checksum files", async () => {
    upstream.answers.set('example.com/SUMS', `${'1'.repeat(64)}  other\n${'2'.repeat(64)}  etcd\n`);
    const old = lock({ address, sha256: '3'.repeat(64), checksums });
    expect(await refresh.refreshed(old)).toEqual({
      lock: lock({ address, sha256: '2'.repeat(64), checksums }),
      changes: [`etcd, here: ${'3'.repeat(64)} -> ${'2'.repeat(64)}`],
    });
  });

  it('keeps what has no checksum file', async () => {
    expect(await refresh.refreshed(lock())).toEqual({ lock: lock(), changes: [] });
  });

  it('is refused when the checksum file lacks a program', async () => {
    upstream.answers.set('example.com/SUMS', 'nothing');
    await expect(refresh.refreshed(lock({ address, checksums }))).rejects.toThrow(
      `etcd, here: ${checksums} names no sum of ${address}`,
    );
  });
});
