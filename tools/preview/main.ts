import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, run } from '../command-line';
import { block, code, counted } from '../diff/markdown';
import { needPrograms } from '../programs';
import { stackNames } from './stack-names';
import { previewed, type Previewed } from './pulumi-preview';

const marker = '<!-- monitoring: pulumi preview of a pull request -->';

/** Of one stack; a preview of more is a long read. */
const most = 120;

const program = command(
  'npm run preview --',
  'Prints what `pulumi up` would do to each stack, as the text of a comment, and never an output. Needs pulumi, its ' +
    'backend and the clusters. Exits with 1 when a stack could not be previewed.',
)
  .argument('[STACK...]', 'stacks (default: all that have a file here)')
  .option('--out <file>', 'write it there instead')
  .action(async (stacks, { out }) => {
    needPrograms('pulumi');
    const names = stackNames(join(__dirname, '..', '..'), stacks);
    const found: Previewed[] = [];
    for (const stack of names) found.push(await previewed(stack, { refresh: false }));
    const text = page(found);
    if (out === undefined) process.stdout.write(text);
    else writeFileSync(out, text);
    if (found.some(({ same }) => same === undefined)) process.exitCode = 1;
  });

function page(found: readonly Previewed[]): string {
  const same = found.filter((one) => one.same === true);
  const rest = found.filter((one) => one.same !== true);
  const lines = rest.flatMap(({ stack, same: known, lines: said }) => {
    const left = said.length - most;
    const shown = [...said.slice(0, most), ...(left > 0 ? [`… and ${left} more lines`] : [])];
    return [`#### ${code(stack)}${known === undefined ? ', not previewed' : ''}`, '', ...block(shown), ''];
  });
  const head = `${counted(rest.length, 'stack')} of ${found.length} would change${same.length > 0 ? `; nothing in ${same.length}` : ''}. Against what is deployed.`;
  return `${[marker, '', '### pulumi preview', '', head, '', ...lines].join('\n').trimEnd()}\n`;
}

void run(program);
