import { lockFile, parseLock, platforms, readLock } from '../../../../proof/sandbox/tools/lock';
import { lockedTools as tools } from '../../../../proof/sandbox/tools/catalog';
import { pinned } from '../../../../proof/sandbox/tools/cache';

const sum = 'a'.repeat(64);
const good = { address: 'https://example.com/etcd', sha256: sum };
const everywhere = (entry: object = good) => Object.fromEntries(platforms.map((name) => [name, entry]));
const etcd = (changes: object = {}) => ({
  tool: 'etcd',
  version: '3.6.14',
  platforms: everywhere(),
  ...changes,
});
const read = (...entries: object[]) =>
  parseLock(JSON.stringify({ tools: entries }), 'tools.lock.json', ['etcd']);

describe('the committed lock file', () => {
  const names = tools.map(({ name }) => name);

  it('names every tool for every platform', () => {
    expect(
      readLock(lockFile(), names)
        .tools.map(({ tool }) => tool)
        .sort(),
    ).toEqual([...names].sort());
  });

  it.each(['etcd', 'kube-apiserver', 'kubectl', 'kwok', 'kwokctl', 'pulumi', 'amtool', 'alertmanager'])(
    'holds the version of %s that a build makes',
    (name) => {
      const locked = readLock(lockFile(), names).tools.find(({ tool }) => tool === name);
      const tool = tools.find((known) => known.name === name);
      expect(`v${locked?.version ?? ''}`).toBe(tool && pinned(tool).version);
    },
  );
});

describe('a lock file', () => {
  it('is read when each platform has an address and a sum, or a reason to build', () => {
    const platformsOf = { ...everywhere(), 'darwin-x64': { build: 'upstream has none' } };
    expect(read(etcd({ platforms: platformsOf })).tools).toEqual([etcd({ platforms: platformsOf })]);
  });

  it.each([
    ['lacks a tool', [], 'etcd: is not named. Add its version and platforms'],
    ['names a tool twice', [etcd(), etcd()], 'etcd: is named 2 times. Keep one entry'],
    ['names a strange tool', [etcd(), etcd({ tool: 'vim' })], 'vim: is no tool of the sandbox. Remove it'],
    [
      'lacks a platform',
      [etcd({ platforms: { ...everywhere(), 'linux-arm64': undefined } })],
      'etcd, linux-arm64: is missing. Give address and sum, or "build" with the reason',
    ],
    [
      'has a strange platform',
      [etcd({ platforms: { ...everywhere(), 'win32-x64': good } })],
      'etcd, win32-x64: unknown platform; known are linux-x64, linux-arm64, darwin-x64, darwin-arm64',
    ],
    [
      'holds no sum',
      [etcd({ platforms: { ...everywhere(), 'linux-x64': { address: good.address } } })],
      "etcd, linux-x64: holds no sum. Give sha256, or checksums: the address of upstream's checksum file",
    ],
    [
      'holds half a sum',
      [etcd({ platforms: { ...everywhere(), 'linux-x64': { ...good, sha256: 'abc' } } })],
      'etcd, linux-x64, sha256: must be 64 hex digits',
    ],
    [
      'has an address without encryption',
      [
        etcd({
          platforms: { ...everywhere(), 'linux-x64': { ...good, address: 'http://example.com/etcd' } },
        }),
      ],
      'etcd, linux-x64, address: must be an https:// address',
    ],
    [
      'has neither address nor reason',
      [etcd({ platforms: { ...everywhere(), 'linux-x64': {} } })],
      'etcd, linux-x64: has no address. Give one, or "build" with the reason why there is none',
    ],
    [
      'does not say where in an archive the program is',
      [
        etcd({
          platforms: {
            ...everywhere(),
            'linux-x64': { ...good, address: 'https://example.com/etcd.tar.gz' },
          },
        }),
      ],
      'etcd, linux-x64: needs "file", the path of the program in it, if and only if the address is an archive',
    ],
  ])('is refused when it %s', (_, entries, fault) => {
    expect(() => read(...entries)).toThrow(new Error(`lock file tools.lock.json:\n  ${fault}`));
  });

  it.each<[string, unknown, string[]]>([
    ['is a list', [], ['the file: must be an object']],
    ['is empty', null, ['the file: must be an object']],
    ['has no list of tools', {}, ['tools: is missing. Give a list']],
    ['has tools of another shape', { tools: { etcd: {} } }, ['tools: must be a list']],
    [
      'has a misspelt key',
      { tools: [etcd()], tool: [] },
      ['the file: has the unknown "tool". Remove it, or correct its name'],
    ],
    [
      'has tools that are none, or have no name',
      { tools: [null, 'kwok', { version: '1' }, etcd()] },
      [
        'tool number 1: must be an object',
        'tool number 2: must be an object',
        'tool number 3, tool: is missing. Give a text',
        'tool number 3, platforms: is missing. Give an object',
      ],
    ],
    [
      'has fields of other types',
      { tools: [etcd({ version: 3.6, platforms: [] })] },
      ['etcd, version: must be a text', 'etcd, platforms: must be an object'],
    ],
    [
      'has faults of every kind',
      {
        tools: [
          etcd({
            version: '',
            platforms: {
              ...everywhere(),
              'linux-x64': null,
              'linux-arm64': undefined,
              'darwin-x64': { ...good, sum: 'a' },
            },
          }),
          etcd({ tool: 'vim' }),
        ],
      },
      [
        'etcd, version: is empty. Give a text',
        'etcd, linux-x64: must be an object',
        'etcd, darwin-x64: has the unknown "sum". Remove it, or correct its name',
        'vim: is no tool of the sandbox. Remove it',
        'etcd, linux-arm64: is missing. Give address and sum, or "build" with the reason',
      ],
    ],
  ])('is refused in words of ours, with every fault, when it %s', (_, json, faults) => {
    const message = ['lock file tools.lock.json:', ...faults.map((fault) => `  ${fault}`)].join('\n');
    expect(() => parseLock(JSON.stringify(json), 'tools.lock.json', ['etcd'])).toThrow(new Error(message));
  });

  it('is refused with all its faults at once', () => {
    expect(() => read(etcd({ platforms: {} }))).toThrow(
      /linux-x64.*\n.*linux-arm64.*\n.*darwin-x64.*\n.*darwin-arm64/,
    );
  });

  it('is refused when it is not JSON', () => {
    expect(() => parseLock('{', 'tools.lock.json', [])).toThrow(
      /^lock file tools\.lock\.json:\n {2}is not JSON/,
    );
  });

  it('is refused when it is not there', () => {
    expect(() => readLock('/nonexistent/tools.lock.json', [])).toThrow(
      'lock file /nonexistent/tools.lock.json: no such file. Restore it with git checkout, or correct or unset SANDBOX_TOOLS_LOCK',
    );
  });

  it('is refused when it is a folder', () => {
    expect(() => readLock(__dirname, [])).toThrow(
      `lock file ${__dirname}: a folder. Restore it with git checkout, or correct or unset SANDBOX_TOOLS_LOCK`,
    );
  });
});
