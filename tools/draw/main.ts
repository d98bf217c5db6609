import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ourFolder, readDashboards } from '../../components/grafana/dashboards';
import { scrapeInterval } from '../../config/cluster';
import { allOf, command, makeGiven, readGiven, run, UsageError, UserError } from '../command-line';
import { uids } from '../dashboards/links';
import { duration, namesOf, wholeNumber } from '../option-values';
import { clustersOf, drawingOf } from './ask';
import type { Browser } from './chromium/browser';
import type { Dashboard } from './dashboard';
import { address, chromiumPath, lookback, lookbackOf } from './options';
import { QueryApi, type Credentials } from './query-api';
import { checkClusters } from './variables';

const names = Object.keys(uids);

/** npm runs this program in its own folder; a path is meant from where npm was called. */
const fromCaller = (path: string) => resolve(process.env['INIT_CWD'] ?? '.', path);

const program = command(
  'npm --prefix tools/draw run draw --',
  "Draws the committed dashboards as PNG with Grafana's own components, from what a Query answers (docs/dashboards.md). On PATH: " +
    'chromium. Exits with 1 when a query failed, or a panel could not be drawn.',
)
  .option('--query <address>', 'of Thanos Query, its query-frontend or a Prometheus (needed)', address)
  .option('--user <name>', 'whom it knows')
  .option('--password-file <file>', "with this user's password")
  .option('--ca <file>', 'authority of its certificate (PEM; default: those that Node.js knows)')
  .option('--dashboard <names>', `some of ${names.join(', ')} (default: all)`, namesOf(names))
  .option('--cluster <names>', 'some clusters, with commas between them (default: all)')
  .option('--from <duration>', 'how far to look back (default: as the dashboard does at first)', lookback)
  .option('--scrape-interval <duration>', "the stack's (default: that of the configuration)", duration)
  .option(
    '--width <pixels>',
    'of each picture',
    wholeNumber({ least: 800, most: 4000, why: 'panels need room, and a picture memory' }),
    1600,
  )
  .option('--out <folder>', 'where NAME.png are written (needed)')
  .action(async (given) => {
    const { query, user, passwordFile, ca, out, width } = given;
    if (query === undefined || out === undefined) {
      throw new UsageError(`missing: ${query === undefined ? '--query' : '--out'}`);
    }
    if ((user === undefined) !== (passwordFile === undefined)) {
      throw new UsageError('--user and --password-file are needed together, or neither.');
    }
    const [authority, credentials, chromium] = allOf([
      () => (ca === undefined ? undefined : readGiven('--ca', fromCaller(ca))),
      (): Credentials | undefined =>
        user === undefined || passwordFile === undefined
          ? undefined
          : { user, password: readGiven('--password-file', fromCaller(passwordFile)).trim() },
      chromiumPath,
      checkInstalled,
      () => {
        makeGiven('--out', fromCaller(out));
      },
    ]);
    const api = new QueryApi(query, credentials, authority);
    const asked = {
      api,
      scrapeInterval: (given.scrapeInterval ?? scrapeInterval().parse(undefined)).seconds,
    };
    const dashboards = chosen(given.dashboard ?? names).map(({ name, dashboard }) => {
      const to = Math.floor(Date.now() / 1000);
      const from = to - (given.from ?? lookbackOf(dashboard.time?.from)).seconds;
      return { name, dashboard, asking: { ...asked, period: { from, to } } };
    });
    const clusters = given.cluster?.split(',');
    let browser: Browser | undefined;
    try {
      const known = await answered(
        query,
        Promise.all(dashboards.map(({ asking, dashboard }) => clustersOf(asking, dashboard))),
      );
      if (clusters) checkClusters(clusters, known.flat());
      browser = await startBrowser(chromium);
      for (const { name, dashboard, asking } of dashboards) {
        const began = Date.now();
        const drawing = await drawingOf(asking, dashboard, width, clusters);
        const { picture, drawn } = await browser.draw(drawing);
        const file = join(out, `${name}.png`);
        writeFileSync(fromCaller(file), picture);
        const failed = drawing.panels.flatMap(({ panel, errors }) =>
          errors.map((error) => `${panel.title ?? ''}: ${error}`),
        );
        report(file, drawing.panels.length, (Date.now() - began) / 1000, drawn.empty, [
          ...failed,
          ...drawn.errors,
        ]);
      }
      for (const warning of api.warnings) console.error(`Query warns: ${warning}`);
    } finally {
      await browser?.close();
      api.close();
    }
  });

/** The packages of this folder are no part of the repository's own installation. */
function checkInstalled(): void {
  if (existsSync(join(__dirname, 'node_modules', '@grafana', 'ui'))) return;
  throw new UserError("Grafana's components are not installed. Install them: npm --prefix tools/draw ci");
}

/** The first questions: whoever does not answer them, or refuses them, answers no other. */
async function answered<T>(query: URL, first: Promise<T>): Promise<T> {
  try {
    return await first;
  } catch (error) {
    throw new UserError(
      `--query ${query.href}: ${(error as Error).message}. Name a Query that can be reached, with --user, --password-file and --ca where it asks for them.`,
      { cause: error },
    );
  }
}

/** Loaded when it is known to be installed. */
async function startBrowser(chromium: string): Promise<Browser> {
  const [{ browser }, { bundle }] = await Promise.all([
    import('./chromium/browser'),
    import('./chromium/bundle'),
  ]);
  return browser(chromium, await bundle());
}

const chosen = (wanted: readonly string[]) =>
  readDashboards()
    .filter(({ folder, name }) => folder === ourFolder && wanted.includes(name))
    .map(({ name, json }) => ({ name, dashboard: JSON.parse(json) as Dashboard }));

function report(
  file: string,
  panels: number,
  seconds: number,
  empty: readonly string[],
  errors: readonly string[],
): void {
  console.log(`${file}: ${panels} panels and rows, ${seconds.toFixed(1)} s`);
  for (const title of empty) console.log(`  no data: ${title}`);
  for (const error of errors) console.error(`  ${error}`);
  if (errors.length > 0) process.exitCode = 1;
}

void run(program);
