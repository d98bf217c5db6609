import { spawn, spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fullVolume } from '../../../components/foundation/full-volume';
import { startGateContainer, startGateScript } from '../../../components/foundation/start-gate';
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
  *) "$applet" "$@" ;;
esac
`;

/** Writes by rename: the script must not read half a number. */
function free(mebibytes: number) {
  writeFileSync(join(folder, 'next'), String(mebibytes));
  spawnSync('mv', [join(folder, 'next'), join(folder, 'free')]);
}

const isClosed = () => lstatSync(gate).isSymbolicLink();

async function becomes(closed: boolean) {
  await eventually(10, () =>
    isClosed() === closed ? Promise.resolve() : Promise.reject(new Error(`closed: ${!closed}`)),
  );
}

describe('the gate before a start', () => {
  it('closes when 64 MiB are no longer free, opens when they are again, and ends when it is told to', async () => {
    writeFileSync(join(folder, 'busybox'), busybox, { mode: 0o755 });
    writeFileSync(gate, '');
    free(64);
    const script = spawn('sh', ['-ec', startGateScript('/data', folder)], {
      env: { PATH: `${folder}:${process.env['PATH']}` },
    });
    let said = '';
    script.stdout.on('data', (text: Buffer) => (said += text.toString()));
    script.stderr.on('data', (text: Buffer) => (said += text.toString()));
    const ended = new Promise((resolve) => script.on('exit', resolve));
    try {
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(isClosed()).toBe(false);
      free(63);
      await becomes(true);
      // What kubelet refuses: a way out of the volume.
      expect(readlinkSync(gate)).toBe('/dev/null');
      free(64);
      await becomes(false);
      free(0);
      await becomes(true);
    } finally {
      script.kill('SIGTERM');
    }
    expect(await ended).toBe(0);
    expect(said.trim().split('\n')).toEqual([
      expect.stringMatching(/^The volume is full\..* until 64 MiB are free: delete the pod/),
      'There is room again.',
      expect.stringMatching(/^The volume is full\./),
    ]);
    expect(existsSync('/dev/null')).toBe(true);
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
