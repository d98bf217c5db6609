import type { DashboardSpec, Row } from '../dashboard';
import { runbook, to } from '../links';
import { atLeast, zeroIsGood } from '../panel';
import { numberPanel } from '../panels';
import { chosen, countOf, job } from '../queries';
import { seriesTable } from '../table';
import { scraping } from './prometheus-scraping';
import { servers } from './prometheus-servers';

const own = `${chosen},${job.prometheus}`;
const server = `${own},container="prometheus"`;

const which: Row = {
  title: 'Which Prometheus runs, and is it well?',
  panels: [
    numberPanel(
      {
        title: 'How many answer?',
        description: 'Prometheus servers and agents of the chosen clusters.',
        unit: 'none',
        thresholds: atLeast(1),
        links: [to('fleet', 'All clusters')],
        width: 4,
      },
      [{ expr: countOf(`up{${server}} == 1`, `up{${server}}`), legend: 'answer' }],
    ),
    numberPanel(
      {
        title: 'How many do not?',
        description: 'Those that did not answer their last scrape. They scrape each other.',
        unit: 'none',
        thresholds: zeroIsGood(),
        links: [runbook('TargetsGone')],
        width: 4,
      },
      [{ expr: countOf(`up{${server}} == 0`, `up{${server}}`), legend: 'do not' }],
    ),
    numberPanel(
      {
        title: 'Configurations not loaded',
        description: 'Those that run on with an old configuration.',
        unit: 'none',
        thresholds: zeroIsGood(),
        links: [runbook('OperatorReconcileFailing')],
        width: 4,
      },
      [
        {
          expr: countOf(
            `prometheus_config_last_reload_successful{${own}} == 0`,
            `prometheus_config_last_reload_successful{${own}}`,
          ),
          legend: 'not loaded',
        },
      ],
    ),
    seriesTable(
      {
        title: 'Which versions run?',
        description: 'By cluster. After an update every cluster has the same.',
        unit: 'none',
        links: [to('edge', 'The agents’ way')],
        width: 12,
        height: 4,
      },
      { cluster: 'Cluster', version: 'Version' },
      'Number',
      `count by (cluster, version) (prometheus_build_info{${own}})`,
    ),
  ],
};

/** Every Prometheus: the centre's servers and the edges' agents. */
export const prometheusStats: DashboardSpec = {
  name: 'prometheus-stats',
  title: 'Prometheus Stats',
  description: 'What each Prometheus scrapes, keeps and tells, on the centre and on the edges.',
  rows: [which, scraping, servers],
};
