import { command, run } from '../command-line';
import { writeGiven } from '../output-file';
import { notPreviewed, page } from './page';
import { previewed, type Previewed } from './pulumi-preview';
import { stacksToLookAt } from './stack-names';

const program = command(
  'npm run preview --',
  'Prints what `pulumi up` would do to each stack, as the text of a comment, and never an output. Needs pulumi, its ' +
    'backend and the clusters. Exits with 1 when a stack could not be previewed.',
)
  .argument('[STACK...]', 'stacks (default: all that have a file here)')
  .option('--out <file>', 'write it there instead')
  .action(async (stacks, { out }) => {
    const found: Previewed[] = [];
    for (const stack of stacksToLookAt(stacks, out)) found.push(await previewed(stack, { refresh: false }));
    const text = page(found);
    if (out === undefined) process.stdout.write(text);
    else writeGiven('--out', out, text);
    const unknown = notPreviewed(found);
    // Where the text goes into a file, a log would otherwise end without a word.
    for (const { stack, lines } of unknown) console.error(`${stack}: not previewed: ${lines.join('\n  ')}`);
    if (unknown.length > 0) process.exitCode = 1;
  });

void run(program);
