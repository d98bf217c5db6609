import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder';

const project = join(__dirname, '..', '..', '..');
const folder = temporaryFolder('capacity');

/** `npm run capacity -- ARGUMENTS` without npm. */
function capacity(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join('tools', 'capacity', 'main.ts'), ...args],
    { cwd: project, encoding: 'utf8' },
  );
  return { stdout, message: stderr.split('\n')[0], status };
}

describe('npm run capacity', () => {
  it.each([
    ['--edges', '<number>', '100000000', 'from 0 to 400'],
    ['--series', '<number>', '100000001', 'from 0 to 100000000'],
    ['--ingestors', '<number>', '0', 'from 1 to 50'],
  ])(
    'refuses %s beyond what a stack file may hold, at once',
    (option, kind, number, range) => {
      expect(capacity('Pulumi.cluster-01.yaml', option, number)).toEqual({
        stdout: '',
        message:
          `option '${option} ${kind}' argument '${number}' is invalid. A whole number ${range} is needed: ` +
          'a stack file may hold no more (docs/config.md).',
        status: 2,
      });
    },
    60_000,
  );

  it('says where a file is no stack file', () => {
    const file = join(folder, 'Pulumi.cluster-01.yaml');
    writeFileSync(file, 'monitoring:role: central\n');
    expect(capacity(file)).toMatchObject({
      stdout: '',
      message: `${file}:1:1: found monitoring:role: at the top, where Pulumi reads only config, environment, secretsprovider, encryptedkey, encryptionsalt`,
      status: 2,
    });
  }, 60_000);
});
