import { join, relative } from 'node:path';
import { chartDirectory } from '../../components/prometheus-stack/chart-source';
import { exemptions } from '../../policy/exemptions';
import { policies } from '../../policy/list';
import { allOf, command, run, UsageError } from '../command-line';
import { needPrograms } from '../programs';
import { stackFilesIn } from '../render/stack-file';
import { recordOf, recordPath, writeRecord } from './chart-pods';
import { checkCharts } from './helm';
import { report } from './report';
import { judgedStacks } from './stacks';
import { verdictOn } from './verdict';

const project = relative(process.cwd(), join(__dirname, '..', '..'));

const program = command(
  'npm run policy --',
  'Judges everything that the committed stacks deploy by the policies in policy/: what the program registers, and ' +
    'what the charts make of its values, where CHART_DIR names a folder of their archives (then it needs helm). It exits ' +
    'with 1 when a policy does not hold, or an exemption has no reason or no effect.',
)
  .argument('[STACK_FILE...]', 'files to judge instead of the committed ones')
  .option('--chart', "refuse to judge without the charts' templates")
  .option(
    '--last <folder>',
    'compare volumes with these renders (--out of `npm run render`, or tests/golden)',
  )
  .option('--exempted', 'show what is exempted too, and why')
  .option(
    '--record',
    `write the charts' pods to ${relative(project, recordPath)}, for where the charts are not`,
  )
  .action(async (files, { chart, last, exempted, record }) => {
    const charts = chartDirectory({}, process.env);
    if (charts === undefined && (chart || record)) {
      throw new UsageError(
        `${record ? '--record' : '--chart'} needs the charts: set CHART_DIR to a folder of their archives (helm pull)`,
      );
    }
    if (charts !== undefined) {
      allOf([
        () => {
          checkCharts(charts);
        },
        () => {
          needPrograms('helm');
        },
      ]);
    }
    const started = performance.now();
    const committed = files.length === 0;
    const stacks = await judgedStacks(committed ? stackFilesIn(project) : files, { charts, last });
    if (record) {
      writeRecord(recordOf(stacks.map(({ ours, chart: made = [] }) => ({ ours, chart: made }))));
    }
    const verdict = verdictOn(stacks, policies, exemptions, { committed });
    const seconds = (performance.now() - started) / 1000;
    process.stdout.write(
      report(verdict, { exempted: exempted ?? false, seconds, compared: last !== undefined }),
    );
    if (verdict.standing.length + verdict.faults.length > 0) process.exitCode = 1;
  });

void run(program);
