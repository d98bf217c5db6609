import { command, run } from '../../tools/command-line';
import { alertmanager } from './alertmanager/alertmanager';
import type { Outcome } from './outcome';
import { programs } from './programs';

const program = command(
  'npm run rules --',
  'Asks the programs that will read them about our alerts, as the stacks would deploy them: whether Alertmanager takes its ' +
    'configuration, who is told of what, what messages say, and what silences what (amtool, Alertmanager). Takes them from ' +
    'PATH or the cache of the sandbox, and else downloads or builds them. Exits with 1 when something is wrong.',
).action(async () => {
  const outcomes = await alertmanager(await programs());
  for (const outcome of outcomes) console.log(said(outcome));
  if (outcomes.some(({ wrong }) => wrong.length > 0)) process.exitCode = 1;
});

const said = ({ title, wrong }: Outcome): string =>
  wrong.length === 0
    ? `ok     ${title}`
    : [`WRONG  ${title}`, ...wrong.map((line) => `         ${line}`)].join('\n');

void run(program);
