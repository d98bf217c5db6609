import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkWritable, writeGiven } from '../../tools/output-file';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder('output-file');
const there = join(folder, 'there');
writeFileSync(there, 'before');

describe('a file that is to be written', () => {
  it('is neither made nor changed by asking whether it can be', () => {
    checkWritable('--out', undefined);
    checkWritable('--out', join(folder, 'new'));
    checkWritable('--out', there);
    checkWritable('--out', '/dev/null');
    expect(existsSync(join(folder, 'new'))).toBe(false);
    expect(readFileSync(there, 'utf8')).toBe('before');
  });

  it.each([
    ['', '--out: found nothing.'],
    [folder, `--out ${folder}: a folder.`],
    [join(folder, 'none', 'a'), `--out ${join(folder, 'none', 'a')}: no such folder.`],
    [join(there, 'a'), `--out ${join(there, 'a')}: below a file.`],
  ])('is refused before: %j', (path, message) => {
    expect(() => {
      checkWritable('--out', path);
    }).toThrow(`${message} Name a file that can be written.`);
  });

  // Root may write everywhere.
  (process.getuid?.() === 0 ? it.skip : it)('is refused where the user may not write', () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    expect(() => {
      checkWritable('--out', join(closed, 'a'));
    }).toThrow('this user may not write it');
  });

  it('is named with its option where writing fails after all', () => {
    expect(() => {
      writeGiven('--save', '/dev/full', 'x');
    }).toThrow('--save /dev/full: no room left on the disk. Name a file that can be written.');
    writeGiven('--save', there, 'after');
    expect(readFileSync(there, 'utf8')).toBe('after');
  });
});
