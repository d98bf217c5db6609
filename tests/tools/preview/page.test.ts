import { parts } from '../../../tools/github/parts';
import { page } from '../../../tools/preview/page';

it('what many stacks of long names would do has room in a comment, and the others are named or counted', () => {
  const found = Array.from({ length: 200 }, (_, i) => ({
    stack: `${'x'.repeat(96)}-${String(i).padStart(3, '0')}`,
    same: undefined,
    lines: ['y'.repeat(900)],
  }));
  const text = page(found);
  expect(text.length).toBeLessThanOrEqual(parts.preview.size);
  const shown = text.match(/^#### /gm)?.length ?? 0;
  expect(shown).toBeGreaterThan(10);
  expect(text).toMatch(/^\*\*Not shown, for want of room\*\*: `x+-\d+`, not previewed, /m);
  expect(text).toContain(
    `, not previewed and ${200 - shown - 30} more. \`npm run preview -- STACK\` prints one.`,
  );
});
