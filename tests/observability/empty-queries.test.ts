import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chartDashboards } from '../../components/grafana/chart-dashboards';
import { readDashboards } from '../../components/grafana/dashboards';
import { ofVariables } from '../../proof/queries/ask';
import { askedDashboard } from '../../proof/queries/dashboard';
import { recorded, rowsOf } from '../../proof/queries/list';
import { kindOf, reasons } from '../../proof/queries/reasons';

const read = (file: string) => readFileSync(join(__dirname, file), 'utf8');
const text = read('empty-queries.tsv');
const rows = rowsOf(text);
const nothingNew = { holding: [], unlisted: [], stale: [], passed: [] };

const ours = readDashboards().map(({ json }) => askedDashboard(json));
const ofChart = Object.values(chartDashboards);

describe('the queries that answer nothing', () => {
  it('have a reason each, of a kind that is known', () => {
    expect(rows.filter(({ reason }) => kindOf(reason) === undefined)).toEqual([]);
  });

  it('stand in the order and the form in which --record writes them, each once', () => {
    expect(recorded(text, nothingNew)).toBe(text);
  });

  it('are of dashboards that are deployed', () => {
    const titles = [...ours.map(({ title }) => title), ...ofChart];
    expect(rows.filter(({ dashboard }) => !titles.includes(dashboard))).toEqual([]);
  });

  it('are those of panels, where the dashboard is ours', () => {
    const gone = rows.filter((row) => {
      const own = ours.find(({ title }) => title === row.dashboard);
      if (!own) return false;
      return row.panel === ofVariables
        ? !own.variables.some(({ name }) => name === row.query)
        : !own.queries.some(({ panel, query }) => panel === row.panel && query === row.query);
    });
    expect(gone).toEqual([]);
  });

  it('can be told apart: no two dashboards have one title', () => {
    const titles = [...ours.map(({ title }) => title), ...ofChart];
    expect(titles.filter((title, i) => titles.indexOf(title) < i)).toEqual([]);
  });

  it('have kinds of reasons none of which begins with another', () => {
    const names = reasons.map(({ name }) => name);
    expect(names.filter((name) => kindOf(`${name}: x`)?.name !== name)).toEqual([]);
  });
});
