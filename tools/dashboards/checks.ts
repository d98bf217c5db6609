import { runbooksAddress } from '../../components/grafana/dashboards';
import { datasourceUid } from '../../components/grafana/datasources';
import { metricNames } from '../keep-list/metric-names';
import { ambiguousMatches } from '../rules/ambiguous-matches';
import { children, Expression, has, type SyntaxNode } from '../rules/expression';

/** As much of a dashboard's JSON as the checks read. */
export interface DashboardJson {
  uid?: string;
  title?: string;
  schemaVersion?: number;
  panels: PanelJson[];
  templating?: { list?: VariableJson[] };
}

export interface PanelJson {
  type: string;
  title?: string;
  description?: string;
  datasource?: { uid?: string };
  links?: LinkJson[];
  fieldConfig?: {
    defaults?: { unit?: string };
    overrides?: { properties?: { id: string; value?: unknown }[] }[];
  };
  targets?: TargetJson[];
  transformations?: { id: string; options: Record<string, unknown> }[];
}

export interface LinkJson {
  title?: string;
  url?: string;
}

export interface TargetJson {
  refId?: string;
  expr?: string;
  legendFormat?: string;
  datasource?: { uid?: string };
}

export interface VariableJson {
  name: string;
  type: string;
  query?: string | { query?: string };
  multi?: boolean;
  includeAll?: boolean;
  datasource?: { uid?: string };
}

/** What a check needs besides the dashboard. */
export interface Around {
  /** Metrics that were seen in a real run or in a source, and those that our rules record. */
  metrics: ReadonlySet<string>;
  /** Names of the alerts that have a runbook. */
  runbooks: ReadonlySet<string>;
  /** Uids of dashboards that a link may lead to. */
  uids: ReadonlySet<string>;
}

/** A check of one of our dashboards: what is wrong with it, each in a sentence; nothing: all is well. */
export type Check = (dashboard: DashboardJson, around: Around) => string[];

/** Stands for Grafana's own times while an expression is parsed; all other variables stand within texts. */
const withoutTimes = (expr: string) => expr.replace(/\$__(?:rate_)?interval/g, '5m');

const questions = ({ panels }: DashboardJson) => panels.filter(({ type }) => type !== 'row');

const each = (dashboard: DashboardJson, check: (panel: PanelJson) => string[]): string[] =>
  questions(dashboard).flatMap((panel) => check(panel).map((what) => `"${panel.title ?? ''}" ${what}`));

const eachQuery = (dashboard: DashboardJson, check: (target: TargetJson, panel: PanelJson) => string[]) =>
  each(dashboard, (panel) =>
    (panel.targets ?? []).flatMap((target) =>
      check(target, panel).map((what) => `${target.refId ?? ''}: ${what}`),
    ),
  );

const said: Check = (dashboard) =>
  each(dashboard, ({ title, description, links, fieldConfig, targets }) => [
    ...(title ? [] : ['has no title']),
    ...(description ? [] : ['does not say what its numbers are']),
    ...(fieldConfig?.defaults?.unit ? [] : ['has no unit']),
    ...(links?.length ? [] : ['leads nowhere']),
    ...(targets?.length ? [] : ['asks nothing']),
  ]);

/** Kinds that every Grafana since 8 draws, and that can be drawn without one. */
const kinds = ['bargauge', 'stat', 'table', 'timeseries'];

const drawable: Check = (dashboard) =>
  each(dashboard, ({ type }) => (kinds.includes(type) ? [] : [`is a ${type}; use ${kinds.join(', ')}`]));

const once: Check = (dashboard) => {
  const titles = questions(dashboard).map(({ title }) => title ?? '');
  return titles.flatMap((title, i) => (titles.indexOf(title) < i ? [`"${title}" is asked twice`] : []));
};

const variables = ({ templating }: DashboardJson) => templating?.list ?? [];

const foreign = ({ datasource }: { datasource?: { uid?: string } }) => datasource?.uid !== datasourceUid;

const asksThanos: Check = (dashboard) => [
  ...variables(dashboard)
    .filter(foreign)
    .map(({ name }) => `the variable ${name} asks another datasource`),
  ...each(dashboard, (panel) => (foreign(panel) ? ['has another datasource'] : [])),
  ...eachQuery(dashboard, (target) => (foreign(target) ? ['another datasource'] : [])),
];

const parses: Check = (dashboard) =>
  eachQuery(dashboard, ({ expr = '' }) => {
    try {
      new Expression(withoutTimes(expr));
      return [];
    } catch (error) {
      return [(error as Error).message];
    }
  });

const metricsExist: Check = (dashboard, { metrics }) =>
  eachQuery(dashboard, ({ expr = '' }) => {
    const { names, unclear } = metricNames(withoutTimes(expr));
    return [
      ...unclear,
      ...names
        .filter((name) => !metrics.has(name))
        .map((name) => `${name} is in tests/rules/metrics.tsv nowhere`),
    ];
  });

const matchesFindOne: Check = (dashboard) =>
  eachQuery(dashboard, ({ expr = '' }) => ambiguousMatches(new Expression(withoutTimes(expr))));

const queryOf = ({ query }: VariableJson) => (typeof query === 'string' ? query : (query?.query ?? ''));

/** `$name`, `${name}`, `${name:format}`; Grafana's own begin with two underscores. */
const referenced = (text: string): string[] =>
  Array.from(text.matchAll(/\$(?:\{(\w+)[^}]*\}|(\w+))/g), ([, a, b]) => a ?? b ?? '').filter(
    (name) => name !== '' && !name.startsWith('__') && !/^\d/.test(name),
  );

const variablesMatch: Check = (dashboard) => {
  const defined = variables(dashboard);
  const asked = questions(dashboard).flatMap(({ targets }) =>
    (targets ?? []).flatMap(({ expr = '' }) => expr),
  );
  const used = new Set([...asked, ...defined.map(queryOf)].flatMap(referenced));
  const everywhere = new Set([...used, ...referenced(JSON.stringify(dashboard.panels))]);
  const names = defined.map(({ name }) => name);
  return [
    ...names.filter((name) => !used.has(name)).map((name) => `nothing asks for the variable ${name}`),
    ...[...everywhere].filter((name) => !names.includes(name)).map((name) => `there is no variable ${name}`),
  ];
};

const clusterIsChosen: Check = (dashboard) => {
  const cluster = variables(dashboard).find(({ name }) => name === 'cluster');
  if (!cluster) return ['has no choice of the cluster'];
  return [
    ...(cluster.multi && cluster.includeAll ? [] : ['several clusters, or all, cannot be chosen']),
    // `=` would be one text of all chosen.
    ...eachQuery(dashboard, ({ expr = '' }) =>
      variables(dashboard).some(({ name }) => new RegExp(`(?<![=!])=\\s*"[^"]*\\$\\{?${name}\\b`).test(expr))
        ? ['asks with = for a variable with several values; use =~']
        : [],
    ),
  ];
};

const legends: Check = (dashboard) =>
  eachQuery(dashboard, ({ expr = '', legendFormat = '' }) => {
    const expression = new Expression(withoutTimes(expr));
    const shape = expression.shape(expression.top);
    return Array.from(legendFormat.matchAll(/\{\{\s*(\w+)\s*\}\}/g), ([, label = '']) => label)
      .filter((label) => shape === 'scalar' || !has(shape, label))
      .map((label) => `its legend names ${label}, which its expression does not keep`);
  });

/** What a result may come from: the sides of every `or`, each with labels of its own. */
function sources(expression: Expression, node: SyntaxNode): SyntaxNode[] {
  if (node.name === 'ParenExpr') return children(node).flatMap((inner) => sources(expression, inner));
  if (node.name !== 'BinaryExpr') return [node];
  const { left, right, operator } = expression.binary(node);
  if (operator === 'Or') return [left, right].flatMap((side) => sources(expression, side));
  const vectors = [left, right].filter((side) => expression.shape(side) !== 'scalar');
  return vectors.length === 1 ? vectors.flatMap((side) => sources(expression, side)) : [node];
}

/** Rows are joined by a label: a column with another label besides would make a row of each of its values. */
const columnsJoin: Check = (dashboard) =>
  eachQuery(dashboard, ({ expr = '' }, { transformations = [] }) => {
    const join = transformations.find(({ id }) => id === 'joinByField');
    if (!join) return [];
    const key = String(join.options['byField']);
    const expression = new Expression(withoutTimes(expr));
    return sources(expression, expression.top).flatMap((source) => {
      const shape = expression.shape(source);
      const labels = shape === 'scalar' ? [] : shape.only && [...shape.only];
      return labels?.length === 1 && labels[0] === key
        ? []
        : [`the labels of a column are ${labels?.join(', ') ?? 'unknown'} and not ${key} alone`];
    });
  });

const linksOf = (panel: PanelJson): LinkJson[] => [
  ...(panel.links ?? []),
  ...(panel.fieldConfig?.overrides ?? [])
    .flatMap(({ properties = [] }) => properties)
    .flatMap(({ id, value }) => (id === 'links' && Array.isArray(value) ? (value as LinkJson[]) : [])),
];

const linksLead: Check = (dashboard, { runbooks, uids }) =>
  each(dashboard, (panel) =>
    linksOf(panel).flatMap(({ title, url = '' }) => {
      const [, alert] = new RegExp(`^${runbooksAddress}/(\\w+)\\.md$`).exec(url) ?? [];
      const [, uid] = /^\/d\/([\w-]+)(?:\?|$)/.exec(url) ?? [];
      const known = alert === undefined ? uid !== undefined && uids.has(uid) : runbooks.has(alert);
      return known && title ? [] : [`leads to ${url}, which is neither a dashboard of ours nor a runbook`];
    }),
  );

/** Every check of our own dashboards, by what it holds. */
export const checks: Readonly<Record<string, Check>> = {
  'each panel has a title, a description, a unit, a query and a next place': said,
  'each panel is of a kind that lasts': drawable,
  'no question is asked twice': once,
  'all is asked of Thanos Query': asksThanos,
  'every query parses': parses,
  'every metric exists': metricsExist,
  'a match finds one series': matchesFindOne,
  'variables are those that are asked for': variablesMatch,
  'several clusters can be chosen': clusterIsChosen,
  'legends name labels that there are': legends,
  'columns of a table join by its key': columnsJoin,
  'links lead to a dashboard or a runbook': linksLead,
};
