import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { command, run, UsageError, UserError } from '../../tools/command-line';
import { Cluster } from '../../tools/kubernetes/cluster';
import { needPrograms } from '../../tools/programs';
import type { QueryClient } from '../samples/query-client';
import { askDashboard } from './ask';
import { asGrafana, deployedDashboards, deployedDatasource, labelOf } from './centre';
import type { AskedDashboard } from './dashboard';
import { compared, recorded, rowsOf, type Place } from './list';
import { choicesIn, differences, errorsIn, seenIn, table, type Result } from './report';

const project = join(__dirname, '..', '..');
const listFile = join(project, 'tests', 'observability', 'empty-queries.tsv');

interface Options {
  central: string;
  edge: string;
  only: string;
  record: boolean;
}

async function queries({ central: file, edge, only, record }: Options): Promise<void> {
  needPrograms('kubectl');
  const central = new Cluster(file);
  const clusters: Record<Place, string> = { centre: await labelOf(central), edge };
  const datasource = await deployedDatasource(central);
  const dashboards = (await deployedDashboards(central)).filter(({ title }) => title.includes(only));
  if (dashboards.length === 0) throw new UserError(`--only ${only}: no dashboard has this in its title`);
  console.log(
    `${dashboards.length} dashboards of ${central.access.server}, for the centre ${clusters.centre} and the edge ${edge}`,
  );
  const results = await asGrafana(central, async (query) => {
    await knownToQuery(query, Object.values(clusters));
    const all: Result[] = [];
    for (const dashboard of dashboards) all.push(await ask(query, dashboard));
    return all;
  });

  const text = readFileSync(listFile, 'utf8');
  const comparison = compared(rowsOf(text), seenIn(results));
  console.table(table(results));
  for (const line of choicesIn(results)) console.log(`chosen  ${line}`);
  for (const line of differences(comparison)) console.log(line);
  const errors = errorsIn(results);
  for (const line of errors) console.log(`ERROR  ${line}`);
  if (record) {
    writeFileSync(listFile, recorded(text, comparison));
    console.log(`written: ${relative(project, listFile)}`);
  }
  const differs = comparison.unlisted.length + comparison.stale.length > 0;
  if (errors.length > 0 || (differs && !record)) process.exitCode = 1;

  async function ask(query: QueryClient, dashboard: AskedDashboard): Promise<Result> {
    const now = Math.floor(Date.now() / 1000);
    const [centre, ofEdge] = [
      await askDashboard(query, dashboard, clusters.centre, now, datasource),
      await askDashboard(query, dashboard, clusters.edge, now, datasource),
    ];
    return { dashboard, answers: { centre, edge: ofEdge } };
  }
}

/** A name with a slip in it would make every query empty. */
async function knownToQuery(query: QueryClient, wanted: readonly string[]): Promise<void> {
  const end = Math.floor(Date.now() / 1000);
  const known = await query.labelValues('cluster', 'up', { start: end - 3600, end });
  const missing = wanted.filter((cluster) => !known.includes(cluster));
  if (missing.length === 0) return;
  throw new UserError(
    `no samples of ${missing.join(', ')} within the last hour; there are those of ${known.join(', ') || 'none'}`,
  );
}

const program = command(
  'npm run queries --',
  'Asks every query of every dashboard of a deployed central cluster, as its Grafana does, for the centre and for an edge, and lists ' +
    'those that answer nothing. Exits with 1 when one fails, or when they are others than those of ' +
    `${relative(project, listFile)}. It only reads. On PATH: kubectl.`,
)
  .option('--central <kubeconfig>', 'file whose current context is the central cluster (needed)')
  .option('--edge-name <name>', 'an edge that sends, by its name (needed)')
  .option('--only <text>', 'the dashboards alone whose title has this text in it', '')
  .option('--record', 'write what is new into the list, with the reason ?, and leave out what is stale')
  .action(({ central, edgeName: edge, only, record = false }) => {
    const missing = Object.entries({ '--central': central, '--edge-name': edge }).flatMap(([name, value]) =>
      value ? [] : [name],
    );
    if (!central || !edge) throw new UsageError(`missing: ${missing.join(', ')}`);
    return queries({ central, edge, only, record });
  });

void run(program);
