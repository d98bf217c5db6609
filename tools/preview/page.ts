import { block, code, counted } from '../diff/markdown';
import { parts } from '../github/parts';
import type { Previewed } from './pulumi-preview';

/** Lines of one stack; a preview of more is a long read. */
const most = 120;

/** Of stacks that find no room, so many are named. */
const namedOthers = 30;

/** Characters kept for those names, of at most a hundred characters each, and the sentence around. */
const namesOfOthers = 5000;

/** Stacks of which nothing is known. */
export const notPreviewed = (found: readonly Previewed[]) => found.filter(({ same }) => same === undefined);

/** As many stacks as there is room for; of the others their names. */
export function page(found: readonly Previewed[]): string {
  const same = found.filter((one) => one.same === true);
  const rest = found.filter((one) => one.same !== true);
  const unknown = notPreviewed(found);
  const head = [
    `${counted(rest.length - unknown.length, 'stack')} of ${found.length} would change`,
    ...(same.length > 0 ? [`nothing in ${same.length}`] : []),
    ...(unknown.length > 0 ? [`**${unknown.length} could not be previewed**`] : []),
  ].join('; ');
  const lines = [
    parts.preview.marker,
    '',
    '### pulumi preview',
    '',
    `${head}. Against what is deployed.`,
    '',
  ];
  const unshown: string[] = [];
  for (const { stack, same: known, lines: said } of rest) {
    const left = said.length - most;
    const shown = [...said.slice(0, most), ...(left > 0 ? [`… and ${left} more lines`] : [])];
    const title = `${code(stack)}${known === undefined ? ', not previewed' : ''}`;
    const section = [`#### ${title}`, '', ...block(shown), ''];
    if ([...lines, ...section].join('\n').length > parts.preview.size - namesOfOthers) unshown.push(title);
    else lines.push(...section);
  }
  if (unshown.length > 0) {
    const names = unshown.slice(0, namedOthers).join(', ');
    const more = unshown.length > namedOthers ? ` and ${unshown.length - namedOthers} more` : '';
    lines.push(`**Not shown, for want of room**: ${names}${more}. \`npm run preview -- STACK\` prints one.`);
  }
  return `${lines.join('\n').trimEnd()}\n`;
}
