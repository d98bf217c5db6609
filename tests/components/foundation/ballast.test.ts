import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ballastContainer, ballastScript } from '../../../components/foundation/ballast';

const folder = mkdtempSync(join(tmpdir(), 'ballast-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/**
 * busybox as the script finds it: everything is the machine's own, but for the size of the file system, which
 * is a number of free mebibytes in a file, and `sleep`, in which somebody grows the claim.
 */
const busybox = `#!/bin/sh
applet=$1; shift
free=$(cat ${folder}/free)
case $applet in
  stat) echo "$((free * 256)) 4096" ;;
  fallocate) [ ! -e ${folder}/unsupported ] || exit 1; touch "$3"; echo $((free - 512)) > ${folder}/free ;;
  rm) [ ! -e ${folder}/volume/ballast ] || echo $((free + 512)) > ${folder}/free; rm "$@" ;;
  sleep) echo $((free + 40)) > ${folder}/free ;;
  *) "$applet" "$@" ;;
esac
`;

interface Volume {
  /** Free mebibytes. */
  free: number;
  ballast: boolean;
}

/** Runs the script on a volume. @returns the volume afterwards, and what was said */
function start({ free, ballast }: Volume, { unsupported = false } = {}) {
  rmSync(folder, { recursive: true });
  mkdirSync(join(folder, 'volume'), { recursive: true });
  const file = join(folder, 'volume', 'ballast');
  writeFileSync(join(folder, 'busybox'), busybox, { mode: 0o755 });
  writeFileSync(join(folder, 'free'), String(free));
  if (ballast) writeFileSync(file, '');
  if (unsupported) writeFileSync(join(folder, 'unsupported'), '');
  const { status, stdout, stderr } = spawnSync(
    'sh',
    ['-ec', ballastScript({ path: join(folder, 'volume') })],
    { encoding: 'utf8', env: { PATH: `${folder}:${process.env['PATH']}` } },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const left = Number(readFileSync(join(folder, 'free'), 'utf8'));
  return { volume: { free: left, ballast: existsSync(file) }, said: stdout.trim() };
}

describe('the ballast of a volume', () => {
  it('is made where there is room for it twice, and left as it is afterwards', () => {
    expect(start({ free: 1024, ballast: false })).toEqual({ volume: { free: 512, ballast: true }, said: '' });
    expect(start({ free: 512, ballast: true }).volume).toEqual({ free: 512, ballast: true });
    expect(start({ free: 1023, ballast: false }).volume).toEqual({ free: 1023, ballast: false });
  });

  it('is given back when less is free than a block takes while it is written', () => {
    expect(start({ free: 511, ballast: true })).toEqual({
      volume: { free: 1023, ballast: false },
      said: 'The volume was full: its ballast of 512 MiB is given back until 1024 are free.',
    });
    expect(start({ free: 0, ballast: true }).volume).toEqual({ free: 512, ballast: false });
  });

  it('when it is used up too, lets the pod start as soon as the claim has grown', () => {
    expect(start({ free: 0, ballast: false })).toEqual({
      volume: { free: 80, ballast: false },
      said: 'The volume is full. Grow its claim: the pod starts by itself when 64 MiB are free.',
    });
  });

  it('is gone without where the file system reserves nothing', () => {
    expect(start({ free: 5000, ballast: false }, { unsupported: true })).toEqual({
      volume: { free: 5000, ballast: false },
      said: 'This file system reserves nothing: the volume has no ballast.',
    });
  });

  it('is kept by a script without a brace pair for Helm and without a variable for kubelet', () => {
    expect(JSON.stringify(ballastContainer({ name: 'data', path: '/data' }))).not.toMatch(/\{\{|\$\(/);
  });
});
