import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readDashboards } from '../../components/grafana/dashboards';
import { dashboardQueries } from '../../tools/keep-list/dashboard-queries';
import { committedAlerting } from '../../proof/rules/lint';

const project = join(__dirname, '..', '..');

/**
 * Receive's `http_…` metrics take the label `tenant` from a header that no agent sends: there every edge is
 * `default-tenant`.
 */
const asksByHeader = (text: string) => /\bhttp_\w+\{[^}]*tenant|tenant[^)]*\)\s*\(\w*\(?http_/.test(text);

describe('an edge is a tenant as its certificate says, and not a header', () => {
  it('in every rule', () => {
    const rules = committedAlerting().flatMap(({ groups }) =>
      groups.flatMap(({ rules: own }) => own.map(({ expr }) => expr)),
    );
    expect(rules.filter(asksByHeader)).toEqual([]);
  });

  it('in every dashboard of ours', () => {
    const asked = readDashboards().flatMap(({ json }) => dashboardQueries(JSON.parse(json)).expressions);
    expect(asked.filter(asksByHeader)).toEqual([]);
  });

  it('in every runbook', () => {
    const folder = join(project, 'docs', 'runbooks');
    const lines = readdirSync(folder).flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'));
    expect(lines.filter(asksByHeader)).toEqual([]);
  });

  it.each([
    'sum by (tenant) (rate(http_requests_total{job="thanos-receive-router"}[5m]))',
    'sum by (tenant, code) (rate(http_requests_total{job="a"}[5m]))',
    'rate(http_request_duration_seconds_bucket{tenant=~"cluster-02"}[5m])',
  ])('which would be seen: %s', (expr) => {
    expect(asksByHeader(expr)).toBe(true);
  });
});
