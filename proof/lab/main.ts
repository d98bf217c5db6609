import { maxAgents } from '../../config/cluster';
import { command, run, UsageError } from '../../tools/command-line';
import { duration, seconds, wholeNumber, wholeNumbers } from '../../tools/option-values';
import { needPrograms } from '../../tools/programs';
import { labelsExperiment } from './experiment/labels';
import { limitsExperiment } from './experiment/limits';
import { outageExperiment } from './experiment/outage';
import { measureCompactor } from './measure/compactor';
import { measureDownsampling } from './measure/downsample';
import { measureHistory } from './measure/history';
import { measureKubeStateMetrics } from './measure/kube-state-metrics';
import { measureLate } from './measure/late';
import { measureLoad } from './measure/load';
import { measureRouter } from './measure/router';
import { measureRuler } from './measure/ruler';
import { measureSeries } from './measure/series';
import { measureWideQuery } from './measure/wide-query';
import { killAll } from './processes';

/**
 * Runs something that starts programs, and ends what is left of them when it is done, fails or is
 * interrupted.
 */
async function inLab(programs: readonly string[], action: () => Promise<void>): Promise<void> {
  needPrograms(...programs);
  process.once('SIGINT', () => void killAll().then(() => process.exit(130)));
  try {
    await action();
  } finally {
    await killAll();
  }
}

const someSeries = { least: 1, most: 1_000_000, why: 'every program of a run is on this one machine' };
const someShards = { least: 1, most: 500, why: 'each is a connection to one Receive' };
const someEdges = { least: 1, most: 400, why: 'the stack takes no more' };
const someNodes = { least: 1, most: 500, why: 'every sample is made on this one machine' };
const someAgents = { least: 1, most: maxAgents, why: 'the stack takes no more' };
const somePods = { least: 1, most: 20_000, why: 'one API server on this machine has them all' };
const someSamples = { least: 1, most: 2000, why: 'each is sent on its own' };
const someQueries = { least: 1, most: 100, why: 'all are asked at once' };
const someRuns = { least: 1, most: 100, why: 'all run one after the other' };

const both = ['prometheus', 'thanos'];

const program = command(
  'npm run lab --',
  'Runs real Prometheus and Thanos on this machine, without Kubernetes, and measures what the sums and promises of this ' +
    'project rest on. Programs on PATH: prometheus, thanos, and for downsample and history promtool.',
)
  .addCommand(
    command('load', 'Memory, disk and bytes sent under a load, against the model (docs/capacity.md).')
      .option(
        '--series <numbers>',
        'sizes, which run side by side',
        wholeNumbers(someSeries),
        [5000, 20000, 12000],
      )
      .option('--interval <seconds>', 'between two scrapes', seconds(1), 5)
      .option('--duration <seconds>', 'of writing, before the outage at the end', seconds(3), 900)
      .option('--shards <number>', "of the agent's queue", wholeNumber(someShards), 10)
      .option(
        '--block <duration>',
        'length of a block; shorter than 2h, blocks are cut within the run, as in a run of hours at a longer interval',
        duration,
      )
      .action(({ series, interval, block, ...options }) =>
        inLab(both, () =>
          measureLoad(series, {
            ...options,
            scrapeInterval: interval,
            ...(block && { blockDuration: block.toString() }),
          }),
        ),
      ),
  )
  .addCommand(
    command(
      'late',
      'What an ingestor needs for a tenant, and for samples out of order (docs/capacity.md).',
    ).action(() => inLab(['thanos'], measureLate)),
  )
  .addCommand(
    command('series', "What a series takes in an agent's write-ahead log (docs/capacity.md).").action(() =>
      inLab(['prometheus'], measureSeries),
    ),
  )
  .addCommand(
    command('downsample', 'Bytes of a block of two weeks, raw and downsampled (docs/capacity.md).').action(
      () => inLab(['promtool', 'thanos'], measureDownsampling),
    ),
  )
  .addCommand(
    command(
      'history',
      'Points of six hours 40 and 100 days ago, with and without what our datasource adds to a query (docs/dashboards.md).',
    ).action(() => inLab(['promtool', 'thanos'], measureHistory)),
  )
  .addCommand(
    command('router', 'Memory of a router that has nothing to do (docs/capacity.md).')
      .option('--runs <number>', 'routers of each kind', wholeNumber(someRuns), 3)
      .option('--settle <seconds>', 'before its memory is read', seconds(1), 20)
      .action(({ runs, settle }) => inLab(['thanos'], () => measureRouter(runs, settle))),
  )
  .addCommand(
    command('ruler', 'What the Ruler takes to evaluate rules over many edges (docs/capacity.md).')
      .option(
        '--rules <file>',
        'PrometheusRules, as `kubectl get prometheusrules -A -o json` or `helm template` print them (needed)',
      )
      .option('--edges <numbers>', 'one after the other', wholeNumbers(someEdges), [2, 10, 50])
      .option('--nodes <number>', 'of an edge', wholeNumber(someNodes), 3)
      .option('--pods <number>', 'of a node', wholeNumber(someNodes), 10)
      .option('--agents <number>', 'of an edge', wholeNumber(someAgents), 2)
      .option('--interval <seconds>', 'between two samples and two evaluations', seconds(1), 30)
      .option('--duration <seconds>', 'that are measured, after as many to warm up', seconds(60), 600)
      .action(({ rules, edges, pods, ...options }) => {
        if (rules === undefined) throw new UsageError('missing: --rules');
        return inLab(['thanos'], () => measureRuler(edges, { ...options, rules, podsOfNode: pods }));
      }),
  )
  .addCommand(
    command('compactor', 'Memory of the Compactor by the series of the blocks (docs/capacity.md).')
      .option('--series <numbers>', 'one after the other', wholeNumbers(someSeries), [5000, 15000, 30000])
      .action(({ series }) => inLab(['promtool', 'thanos'], () => measureCompactor(series))),
  )
  .addCommand(
    command('kube-state-metrics', 'Memory of kube-state-metrics by the pods of a cluster (docs/capacity.md).')
      .option('--pods <numbers>', 'ascending, one after the other', wholeNumbers(somePods), [300, 1000, 3000])
      .action(({ pods }) =>
        inLab(['etcd', 'kube-apiserver', 'kube-state-metrics'], () => measureKubeStateMetrics(pods)),
      ),
  )
  .addCommand(
    command('wide-query', 'What queries over all series of a tenant take of its ingestor (docs/capacity.md).')
      .option('--series <number>', 'of the tenant', wholeNumber(someSeries), 20000)
      .option('--samples <number>', 'of each series', wholeNumber(someSamples), 240)
      .option(
        '--at-once <numbers>',
        'queries, one number after the other',
        wholeNumbers(someQueries),
        [1, 2, 4],
      )
      .option(
        '--limit <number>',
        'of series a request at the ingestor; 0: none',
        wholeNumber({ ...someSeries, least: 0 }),
        0,
      )
      .action(({ series, samples, atOnce, limit }) =>
        inLab(['thanos'], () => measureWideQuery({ series, samples, atOnce, limit })),
      ),
  )
  .addCommand(
    command('outage', 'What an outage between agents and Receive loses (docs/outage.md).')
      .option('--outage <seconds>', 'its length', seconds(1), 600)
      .option('--only <text>', 'the scenarios alone whose name has this text in it')
      .action(({ outage, only }) => inLab(both, () => outageExperiment(outage, only))),
  )
  .addCommand(
    command(
      'labels',
      'What becomes of labels of applications whose names the path of a sample uses itself (docs/dashboards.md).',
    ).action(() => inLab(both, labelsExperiment)),
  )
  .addCommand(
    command('limits', "What Receive's limits stop, and what they do not (docs/limits.md).").action(() =>
      inLab(both, limitsExperiment),
    ),
  );

// Whatever an experiment that failed has left open would keep the process alive.
void run(program).then(() => process.exit());
