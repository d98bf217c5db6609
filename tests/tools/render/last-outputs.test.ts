import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLast } from '../../../tools/render/last-outputs';
import { temporaryFolder } from '../../support/temporary-folder';

const folder = temporaryFolder('last');

describe('readLast', () => {
  it('has the outputs of each stack that was rendered', () => {
    writeFileSync(join(folder, 'a.yaml'), 'stack: a\noutputs:\n  bucket: thanos\n---\ntype: x\n');
    expect(readLast('--last', folder)).toEqual(new Map([['a', { bucket: 'thanos' }]]));
  });

  it('refuses a folder that is not there, and files that are no renders', () => {
    expect(() => readLast('--last', join(folder, 'none'))).toThrow(
      /^--last .*none: no such file\. Name a folder of renders\.$/,
    );
    const other = join(folder, 'other');
    mkdirSync(other);
    for (const text of ['', 'a: [', 'config: {}\n', 'stack: b\noutputs: {}\n---\n{{{\n']) {
      writeFileSync(join(other, 'b.yaml'), text);
      expect(() => readLast('--last', other)).toThrow(
        /b\.yaml: not what `npm run render -- --out FOLDER` writes\.$/,
      );
    }
  });
});
