import { alone } from '../../../proof/sandbox/alone';
import { run } from '../../../proof/sandbox/command';

/**
 * A command of the sandbox that runs the programs of its arguments, one after the other. For alone.test.ts.
 */
void alone('being tested', async () => {
  for (const program of process.argv.slice(2)) await run(program, [], { log: 'test' });
});
