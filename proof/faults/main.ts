import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command, makeGiven, run } from '../../tools/command-line';
import { wholeNumber } from '../../tools/option-values';
import { copyRepository, withFault } from './copy';
import { checkTexts, faults, named } from './faults';
import { page, Results } from './results';
import { caughtBy, checkClean } from './tests';

const repository = join(__dirname, '..', '..');

const program = command(
  'npm run faults --',
  'Puts one deliberate fault after the other (proof/faults/faults.yaml) into a copy of the repository and says which are ' +
    'noticed by a test that says what should be, by the compiler, by a golden alone, or by nothing. Goes on where an ' +
    'earlier run was ended. Exits with 1 when a fault is noticed by nothing.',
)
  .option('--folder <dir>', 'where the copy and the results are', join(tmpdir(), 'monitoring-faults'))
  .option('--kind <kind>', 'only the faults of this kind')
  .option(
    '--limit <n>',
    'end after so many faults',
    wholeNumber({ least: 1, most: 1000, why: 'there are not so many faults' }),
  )
  .option('--no-clean', 'do not first make sure that the tests pass without a fault')
  .option('--again', 'try also those again that no test of behaviour noticed')
  .action(async ({ folder, kind, limit = Infinity, again, clean }) => {
    const all = faults().filter((fault) => kind === undefined || fault.kind === kind);
    checkTexts(all, repository);
    makeGiven('--folder', folder);
    const results = new Results(join(folder, 'results.json'));
    const done = (caught: string | undefined) => caught === 'behaviour' || (caught !== undefined && !again);
    const left = all.filter((fault) => !done(results.of(fault))).slice(0, limit);
    const copy = join(folder, 'repository');
    if (left.length > 0) {
      copyRepository(repository, copy);
      if (clean) await checkClean(copy);
    }
    for (const [i, fault] of left.entries()) {
      const started = performance.now();
      results.set(fault, await withFault(copy, fault, () => caughtBy(copy, fault)));
      const seconds = ((performance.now() - started) / 1000).toFixed(0);
      console.log(`${i + 1}/${left.length} ${results.of(fault) ?? ''} in ${seconds} s: ${named(fault)}`);
    }
    console.log(page(all, results));
    if (all.some((fault) => results.of(fault) === 'nothing')) process.exitCode = 1;
  });

void run(program);
