import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fullVolume } from '../../../components/foundation/full-volume';
import {
  endByLifecycle,
  endBySignal,
  startGateContainer,
  startGateScript,
} from '../../../components/foundation/start-gate';
import { eventually } from '../../../proof/eventually';

const folder = mkdtempSync(join(tmpdir(), 'gate-'));
const gate = join(folder, 'open');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** busybox as the script finds it: the machine's own programs, and a number of free mebibytes in a file. */
const busybox = `#!/bin/sh
applet=$1; shift
case $applet in
  stat) echo "$(($(cat ${folder}/free) * 256)) 4096" ;;
  sleep) sleep 0.05 ;;
  killall | wget) echo "$applet $*" >> ${folder}/ended; echo 'not permitted' >&2; exit 1 ;;
  *) "$applet" "$@" ;;
esac
`;

/** Writes by rename: the script must not read half a number. */
function free(mebibytes: number) {
  writeFileSync(join(folder, 'next'), String(mebibytes));
  spawnSync('mv', [join(folder, 'next'), join(folder, 'free')]);
}

const isClosed = () => lstatSync(gate).isSymbolicLink();

/** The commands by which the process was told to end. */
const ended = () => readFileSync(join(folder, 'ended'), 'utf8').trim().split('\n');

async function becomes(closed: boolean) {
  await eventually(10, () =>
    isClosed() === closed ? Promise.resolve() : Promise.reject(new Error(`closed: ${!closed}`)),
  );
}

describe('the gate before a start', () => {
  it('closes and ends the process when 64 MiB are no longer free, opens when they are again, ends when told to', async () => {
    writeFileSync(join(folder, 'busybox'), busybox, { mode: 0o755 });
    writeFileSync(gate, '');
    free(64);
    const script = spawn('sh', ['-ec', startGateScript('/data', endBySignal('thanos'), folder)], {
      env: { PATH: `${folder}:${process.env['PATH']}` },
    });
    let said = '';
    script.stdout.on('data', (text: Buffer) => (said += text.toString()));
    script.stderr.on('data', (text: Buffer) => (said += text.toString()));
    const exited = new Promise((resolve) => script.on('exit', resolve));
    try {
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(isClosed()).toBe(false);
      expect(existsSync(join(folder, 'ended'))).toBe(false);
      free(63);
      await becomes(true);
      // Again and again, whether it is there or not: it may still be starting.
      await eventually(10, () =>
        ended().length > 2 ? Promise.resolve() : Promise.reject(new Error('ended once')),
      );
      expect(new Set(ended())).toEqual(new Set(['killall -q -TERM thanos']));
      // What kubelet refuses: a way out of the volume.
      expect(readlinkSync(gate)).toBe('/dev/null');
      free(64);
      await becomes(false);
      free(0);
      await becomes(true);
    } finally {
      script.kill('SIGTERM');
    }
    expect(await exited).toBe(0);
    expect(said.trim().split('\n')).toEqual([
      'Less than 64 MiB are free. What writes to this volume is ended before a write fails, and is not started again until they are: delete the pod, which gives its ballast back, or grow the claim.',
      // Once, though it was tried each second.
      'not permitted',
      'There is room again.',
      expect.stringMatching(/^Less than 64 MiB are free\./),
    ]);
    expect(existsSync('/dev/null')).toBe(true);
  });

  it('leaves a process alone that nothing can end from beside it', () => {
    expect(startGateScript('/data')).not.toMatch(/killall|wget|ended/);
  });

  it('ends Prometheus by its lifecycle API', () => {
    expect(startGateScript('/prometheus', endByLifecycle(9090))).toContain(
      '{ busybox timeout 5 busybox wget -q -O /dev/null --post-data=x http://127.0.0.1:9090/-/quit; } 2>&1',
    );
  });

  it('is a file of a volume that the container of the process mounts, and a sidecar beside it', () => {
    const volume = { name: 'data', path: '/data' };
    const { initContainers, volumes, volumeMounts } = fullVolume(volume);
    expect(initContainers.map(({ name }) => name)).toEqual(['ballast', 'start-gate']);
    expect(volumes).toEqual([{ name: 'start-gate', emptyDir: { sizeLimit: '1Mi' } }]);
    expect(volumeMounts).toEqual([
      { name: 'start-gate', mountPath: '/start-gate', subPath: 'open', readOnly: true },
    ]);
    const { restartPolicy, volumeMounts: mounts } = startGateContainer(volume);
    expect({ restartPolicy, mounts }).toEqual({
      restartPolicy: 'Always',
      mounts: [
        { name: 'data', mountPath: '/data' },
        { name: 'start-gate', mountPath: '/start-gate' },
      ],
    });
    expect(JSON.stringify(initContainers)).not.toMatch(/\{\{|\$\(/);
  });
});
