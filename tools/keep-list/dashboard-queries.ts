import type { VariableValues } from './grafana-variables';
import { valuesOf, variableExpression, type VariableDefinition } from './variable-definitions';

/** Queries of a dashboard to Prometheus. */
export interface DashboardQueries {
  /** PromQL with Grafana's variables in it. */
  expressions: string[];
  values: VariableValues;
  /** Reasons why it may read more than is listed. */
  unclear: string[];
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

const listIn = (value: unknown, key: string): unknown[] => {
  const list = isObject(value) ? value[key] : undefined;
  return Array.isArray(list) ? list : [];
};

/**
 * The queries of a dashboard in Grafana's JSON: panels, in rows or not, annotations and variables. Those of
 * other datasources are left out; where the datasource's type cannot be told, the query is taken.
 */
export function dashboardQueries(dashboard: unknown): DashboardQueries {
  const variables = listIn(isObject(dashboard) ? dashboard['templating'] : undefined, 'list').filter(
    isVariable,
  );
  const queries = variables.filter(
    ({ type, datasource }) => type === 'query' && asksPrometheus(datasource, variables),
  );
  const panels = [...listIn(dashboard, 'panels'), ...listIn(dashboard, 'rows')];
  return {
    expressions: [
      ...expressionsBelow(dashboard, undefined, variables),
      ...queries.flatMap((variable) => variableExpression(variable) ?? []),
    ],
    values: new Map(
      variables.flatMap((variable) => {
        const values = valuesOf(variable);
        return values ? [[variable.name, values]] : [];
      }),
    ),
    unclear: [
      ...(panels.length > 0
        ? []
        : ['is no dashboard with panels or rows: there may be queries of another form']),
      ...libraryPanels(dashboard),
    ],
  };
}

const isVariable = (entry: unknown): entry is VariableDefinition =>
  isObject(entry) && typeof entry['name'] === 'string' && typeof entry['type'] === 'string';

/** Every `expr` in the tree; the nearest `datasource` around it is its own. */
function expressionsBelow(
  value: unknown,
  around: unknown,
  variables: readonly VariableDefinition[],
): string[] {
  if (!isObject(value)) return [];
  const datasource = value['datasource'] ?? around;
  const { expr } = value as { expr?: unknown };
  const own = typeof expr === 'string' && expr.trim() !== '' && asksPrometheus(datasource, variables);
  const below = Object.values(value).flatMap((inner) => expressionsBelow(inner, datasource, variables));
  return own ? [expr, ...below] : below;
}

/**
 * Whether a query asks Prometheus, or what speaks its language.
 *
 * @param datasource `{ type, uid }`, a name, or a variable's reference as either
 */
export function asksPrometheus(datasource: unknown, variables: readonly VariableDefinition[]): boolean {
  const { type, uid } = isObject(datasource) ? datasource : { type: undefined, uid: datasource };
  if (typeof type === 'string' && type !== '') return type === 'prometheus';
  const name = typeof uid === 'string' ? /^\$\{?(\w+)/.exec(uid)?.[1] : undefined;
  const variable = variables.find((one) => one.type === 'datasource' && one.name === name);
  return variable === undefined || variable.query === 'prometheus';
}

/** Panels that stand in Grafana's database; a dashboard holds only their names. */
function libraryPanels(value: unknown): string[] {
  if (!isObject(value)) return [];
  const { libraryPanel, targets } = value;
  const own = isObject(libraryPanel) && targets === undefined;
  const below = Object.values(value).flatMap(libraryPanels);
  return own
    ? [`shows the library panel ${JSON.stringify(libraryPanel['name'])}, which is kept in Grafana`, ...below]
    : below;
}
