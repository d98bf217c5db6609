import { command, run } from '../command-line';
import { stacksToLookAt } from '../preview/stack-names';
import { counted } from '../diff/markdown';
import { previewed, type Previewed } from '../preview/pulumi-preview';
import { writeGiven } from '../output-file';

/** As Pulumi has it; 1 is also what a fault of this program gives. */
const driftFound = 7;

const program = command(
  'npm run drift --',
  'Says which clusters are not what the stacks say. Needs pulumi, its backend and the clusters. Exits with 0: none; ' +
    '7: some are not; 2: not all could be looked at, whatever the others are.',
)
  .argument('[STACK...]', 'stacks (default: all that have a file here)')
  .option('--out <file>', 'write a report there, for `npm run github -- drift`')
  .action(async (stacks, { out }) => {
    const drifted: { stack: string; text: string }[] = [];
    const unknown: typeof drifted = [];
    for (const stack of stacksToLookAt(stacks, out)) {
      const found = await previewed(stack, { refresh: true });
      console.log(`${stack}: ${verdict(found)}`);
      if (found.same === true) continue;
      (found.same === false ? drifted : unknown).push({ stack, text: found.lines.join('\n') });
    }
    if (out !== undefined) writeGiven('--out', out, JSON.stringify({ drifted, unknown }));
    // Who cannot look at a cluster must hear of it, whatever the others have; the report has both.
    if (unknown.length > 0) process.exitCode = 2;
    else if (drifted.length > 0) process.exitCode = driftFound;
  });

const verdict = ({ same, lines }: Previewed): string => {
  if (same === undefined) return `could not be looked at: ${lines.slice(0, 3).join(' ')}`;
  if (same) return 'as the stack says';
  const [first = '', ...more] = lines;
  return `differs: ${first.trim()}${more.length > 0 ? ` and ${counted(more.length, 'more line')}` : ''}`;
};

void run(program);
