import { join } from 'node:path';
import { difference } from '../tools/render/golden';
import { render } from '../tools/render/render';
import { stackFilesIn } from '../tools/render/stack-file';

const project = join(__dirname, '..');

describe('the committed stacks', () => {
  it('register what tests/golden shows (if the difference is wanted: npm run render -- --update)', async () => {
    const files = stackFilesIn(project);
    // None at all would be the same as an empty folder.
    expect(files).not.toEqual([]);
    const rendered = await render(files);
    expect(difference(rendered, join(project, 'tests', 'golden'))).toBe('');
  }, 60_000);
});
