import { command, run } from '../../tools/command-line';
import { alertmanager } from './alertmanager/alertmanager';
import { committedAlerting, lint } from './lint';
import type { Outcome } from './outcome';
import { programs } from './programs';
import { promtool } from './promtool';
import { record } from './record';

const program = command(
  'npm run rules --',
  'Asks the programs that will read them about our alerts, as the stacks would deploy them: whether each rule parses, and fires when it ' +
    'should and only then (tests/rules, promtool); whether Alertmanager takes its configuration, who is told of what, what ' +
    'messages say, and what silences what (amtool, Alertmanager). Takes them from PATH or the cache of the sandbox, and ' +
    'else downloads or builds them. Exits with 1 when something is wrong.',
)
  .option(
    '--record <kubeconfig>',
    'ask a deployed central cluster which metrics of the rules and dashboards it has, and write tests/rules/metrics.tsv; on PATH: kubectl',
  )
  .action(async ({ record: kubeconfig }) => {
    if (kubeconfig !== undefined) {
      console.log(await record(kubeconfig, committedAlerting()));
      return;
    }
    const paths = await programs();
    const parts = [
      () => Promise.resolve(lint(committedAlerting())),
      () => promtool(paths.promtool),
      () => alertmanager(paths),
    ];
    for (const part of parts) {
      for (const outcome of await part()) {
        console.log(said(outcome));
        if (outcome.wrong.length > 0) process.exitCode = 1;
      }
    }
  });

const said = ({ title, wrong }: Outcome): string =>
  wrong.length === 0
    ? `ok     ${title}`
    : [`WRONG  ${title}`, ...wrong.map((line) => `         ${line}`)].join('\n');

void run(program);
