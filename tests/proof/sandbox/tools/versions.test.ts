import { sumOf } from '../../../../proof/sandbox/tools/checksums';
import { programName } from '../../../../proof/sandbox/tools/build';
import { readMode } from '../../../../proof/sandbox/tools/mode';
import { progress } from '../../../../proof/sandbox/tools/progress';
import { atLeast } from '../../../../proof/sandbox/tools/versions';

describe('a version', () => {
  it.each([
    ['1.36.1', '1.34.0', true],
    ['1.34.0', '1.34.0', true],
    ['1.33.9', '1.34.0', false],
    ['1.9.0', '1.34.0', false],
    ['2.0', '1.34.0', true],
    ['3.259.0-dev.1', '3.259.0', true],
    ['2025-09-07T16-13-09Z', '2024-01-01', true],
    ['2023-12-31T00-00-00Z', '2024-01-01', false],
  ])('%s against %s serves: %s', (version, least, serves) => {
    expect(atLeast(version, least)).toBe(serves);
  });
});

describe("upstream's checksum file", () => {
  const [one, two] = ['1'.repeat(64), '2'.repeat(64)];

  it('may be a sum alone', () => {
    expect(sumOf('https://dl.k8s.io/v1/kubectl', `${one}\n`)).toBe(one);
  });

  it('may name one program in another way', () => {
    expect(sumOf('https://x/minio.linux-amd64.R1', `${one}  minio.R1\n`)).toBe(one);
  });

  it('holds the sum in the line of the name', () => {
    expect(sumOf('https://x/b.tar.gz', `${one}  a.tar.gz\n${two} *./b.tar.gz\n`)).toBe(two);
  });

  it('without the name has no sum', () => {
    expect(sumOf('https://x/c.tar.gz', `${one}  a.tar.gz\n${two}  b.tar.gz\n`)).toBeUndefined();
  });

  it('of something else has no sum', () => {
    expect(sumOf('https://x/c.tar.gz', '<html>not here</html>')).toBeUndefined();
  });
});

describe('SANDBOX_TOOLS', () => {
  it('is auto when unset', () => {
    expect(readMode(undefined)).toBe('auto');
  });

  it('is refused when it is none of the four', () => {
    expect(() => readMode('docker')).toThrow(
      'SANDBOX_TOOLS=docker: must be one of auto, path, download, build, or unset for auto',
    );
  });
});

describe('the progress of a build', () => {
  const tools = [
    { name: 'etcd', sourceMegabytes: 18 },
    { name: 'pulumi', sourceMegabytes: 58 },
    { name: 'minio', sourceMegabytes: 38 },
  ];

  it('begins with the recorded source over the cores', () => {
    expect(progress(tools, 0, 0, 0, 2)).toBe('building etcd (1 of 3, about 5 min left)');
  });

  it('goes on with how fast this machine was', () => {
    expect(progress(tools, 1, 120, 120, 2)).toBe('building pulumi (2 of 3, about 10 min left)');
  });

  it('counts down while a tool is built', () => {
    expect(progress(tools, 1, 300, 120, 2)).toBe('building pulumi (2 of 3, about 7 min left)');
  });

  it('leaves the other tools their time when one takes longer than it should', () => {
    expect(progress(tools, 1, 4000, 120, 2)).toBe('building pulumi (2 of 3, about 4 min left)');
  });

  it('ends with the last tool', () => {
    expect(progress(tools, 2, 700, 480, 2)).toBe('building minio (3 of 3, under a minute left)');
  });
});

describe('what go build calls a program', () => {
  it.each([
    ['k8s.io/kubernetes/cmd/kubectl', 'kubectl'],
    ['go.etcd.io/etcd/server/v3', 'server'],
    ['.', 'pulumi-resource-kubernetes'],
  ])('of %s is %s', (name, program) => {
    expect(programName({ package: name, folder: 'pulumi-resource-kubernetes' })).toBe(program);
  });
});
