import { join } from 'node:path';
import { allOf, command, run } from '../command-line';
import { block, code, counted } from '../diff/markdown';
import { parts } from '../github/parts';
import { checkWritable, writeGiven } from '../output-file';
import { needPrograms } from '../programs';
import { stackNames } from './stack-names';
import { previewed, type Previewed } from './pulumi-preview';

/** Lines of one stack; a preview of more is a long read. */
const most = 120;

/** Characters kept for the names of stacks that find no room: fifty of them, and the sentence around. */
const namesOfOthers = 5000;

const program = command(
  'npm run preview --',
  'Prints what `pulumi up` would do to each stack, as the text of a comment, and never an output. Needs pulumi, its ' +
    'backend and the clusters. Exits with 1 when a stack could not be previewed.',
)
  .argument('[STACK...]', 'stacks (default: all that have a file here)')
  .option('--out <file>', 'write it there instead')
  .action(async (stacks, { out }) => {
    const [names] = allOf([
      () => stackNames(join(__dirname, '..', '..'), stacks),
      () => {
        checkWritable('--out', out);
      },
      () => {
        needPrograms('pulumi');
      },
    ]);
    const found: Previewed[] = [];
    for (const stack of names) found.push(await previewed(stack, { refresh: false }));
    const text = page(found);
    if (out === undefined) process.stdout.write(text);
    else writeGiven('--out', out, text);
    const unknown = notPreviewed(found);
    // Where the text goes into a file, a log would otherwise end without a word.
    for (const { stack, lines } of unknown) console.error(`${stack}: not previewed: ${lines.join('\n  ')}`);
    if (unknown.length > 0) process.exitCode = 1;
  });

const notPreviewed = (found: readonly Previewed[]) => found.filter(({ same }) => same === undefined);

/** As many stacks as there is room for; of the others their names. */
function page(found: readonly Previewed[]): string {
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
    const names = unshown.slice(0, 50).join(', ');
    const more = unshown.length > 50 ? ` and ${unshown.length - 50} more` : '';
    lines.push(`**Not shown, for want of room**: ${names}${more}. \`npm run preview -- STACK\` prints one.`);
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

void run(program);
