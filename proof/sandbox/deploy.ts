import { createInterface } from 'node:readline/promises';
import { show, showAtOnce } from './pulumi';
import { Interrupted } from './run';

/**
 * Deploys a stack as `pulumi up` does: shows what would change, asks, and does it.
 *
 * It is pulumi that shows and does, and the sandbox that asks: pulumi runs in a process group of its own, so
 * that Ctrl-C reaches it once, and such a process cannot read the terminal.
 *
 * @param yes whether to go on without asking
 * @returns pulumi's exit code; 1 when the answer is no
 */
export async function deployShown(stack: string, yes: boolean, flags: readonly string[]): Promise<number> {
  if (yes) return show('up', stack, ['--yes', ...flags]);
  const shown = await show('preview', stack, flags);
  if (shown !== 0) return shown;
  for (;;) {
    const word = await asked(`Deploy this to ${stack}? yes, no or details: `);
    if (word === 'details') await show('preview', stack, ['--diff', ...flags]);
    else if (word === 'yes') return showAtOnce('up', stack, flags);
    else {
      console.log(`${stack} stays as it is.`);
      return 1;
    }
  }
}

async function asked(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const { promise: interrupted, reject } = withRejection();
  // The terminal is read byte by byte while a line is edited: Ctrl-C comes here and not as a signal.
  lines.once('SIGINT', () => {
    reject(new Interrupted('ended at the question'));
  });
  try {
    return (await Promise.race([lines.question(question), interrupted])).trim().toLowerCase();
  } finally {
    lines.close();
  }
}

function withRejection() {
  let reject!: (reason: Error) => void;
  const promise = new Promise<never>((_, no) => {
    reject = no;
  });
  return { promise, reject };
}
