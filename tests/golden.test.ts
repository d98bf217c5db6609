import { join } from 'node:path';
import { difference } from '../tools/render/golden';
import { render } from '../tools/render/render';
import { stackFilesIn } from '../tools/render/stack-file';

const project = join(__dirname, '..');

describe('the committed stacks', () => {
  it('register what tests/golden shows (if the difference is wanted: npm run render -- --update)', async () => {
    const rendered = await render(stackFilesIn(project));
    expect([...rendered.keys()]).toEqual([
      'cluster-01.yaml',
      'cluster-02.yaml',
      'cluster-03.yaml',
      'cluster-04.yaml',
    ]);
    expect(difference(rendered, join(project, 'tests', 'golden'))).toBe('');
  }, 60_000);
});
