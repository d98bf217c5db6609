import { command, run } from '../../tools/command-line';
import { committedAlerting, lint } from './lint';
import type { Outcome } from './outcome';
import { programs } from './programs';
import { promtool } from './promtool';
import { record } from './record';

const program = command(
  'npm run rules --',
  'Asks the programs that will read them about our alerts, as the stacks would deploy them: whether each rule parses, and fires when it ' +
    'should and only then (tests/rules, promtool). Takes promtool from PATH or the cache of the sandbox, and ' +
    'else downloads or builds it. Exits with 1 when something is wrong.',
)
  .option(
    '--record <kubeconfig>',
    'ask a deployed central cluster which metrics of the rules it has, and write tests/rules/metrics.tsv',
  )
  .action(async ({ record: kubeconfig }) => {
    if (kubeconfig !== undefined) {
      console.log(await record(kubeconfig, committedAlerting()));
      return;
    }
    const { promtool: path } = await programs();
    const outcomes = [...lint(committedAlerting()), ...(await promtool(path))];
    for (const outcome of outcomes) console.log(said(outcome));
    if (outcomes.some(({ wrong }) => wrong.length > 0)) process.exitCode = 1;
  });

const said = ({ title, wrong }: Outcome): string =>
  wrong.length === 0
    ? `ok     ${title}`
    : [`WRONG  ${title}`, ...wrong.map((line) => `         ${line}`)].join('\n');

void run(program);
