import { endProcesses, processesOf } from './processes';

/**
 * Ends what a run of the sandbox started, should the run be killed and not able to do it itself: its end of
 * the pipe to this process closes with it, whatever killed it.
 *
 * Arguments: the folder of the state, and the run.
 */
const [folder = '', run = ''] = process.argv.slice(2);

let word = '';
process.stdin.on('data', (data: Buffer) => (word += data.toString()));
process.stdin.on('end', () => {
  if (word === 'done') return;
  void endProcesses(() => processesOf(folder).filter((found) => found.run === run), {
    interrupt: 120,
    terminate: 5,
  });
});
// In a process group of its own: Ctrl-C is the run's.
