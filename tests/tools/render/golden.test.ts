import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { difference, replace, write } from '../../../tools/render/golden';
import { temporaryFolder } from '../../support/temporary-folder';

const folder = join(temporaryFolder('golden'), 'golden');

describe('golden files', () => {
  it('that are missing differ by every line', () => {
    expect(difference(new Map([['a.yaml', 'x: 1\n']]), folder)).toContain('+x: 1\n');
  });

  it('are the same after they have been written', () => {
    write(
      new Map([
        ['a.yaml', 'x: 1\ny: 2\n'],
        ['b.yaml', 'z: 3\n'],
      ]),
      folder,
    );
    expect(
      difference(
        new Map([
          ['a.yaml', 'x: 1\ny: 2\n'],
          ['b.yaml', 'z: 3\n'],
        ]),
        folder,
      ),
    ).toBe('');
  });

  it('show a change as a unified diff, and a stack that is gone', () => {
    expect(difference(new Map([['a.yaml', 'x: 1\ny: 3\n']]), folder)).toBe(
      [
        `--- ${folder}/a.yaml`,
        '+++ rendered/a.yaml',
        '@@ -1,2 +1,2 @@',
        ' x: 1',
        '-y: 2',
        '+y: 3',
        `--- ${folder}/b.yaml`,
        '+++ rendered/b.yaml',
        '@@ -1,1 +0,0 @@',
        '-z: 3',
        '',
      ].join('\n'),
    );
  });

  it('of stacks that are gone go when they are rewritten', () => {
    replace(new Map([['a.yaml', 'x: 9\n']]), folder);
    expect(readFileSync(join(folder, 'a.yaml'), 'utf8')).toBe('x: 9\n');
    expect(existsSync(join(folder, 'b.yaml'))).toBe(false);
  });
});
