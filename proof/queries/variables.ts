import { monitoringNamespace } from '../../components/foundation/namespaces';
import { interpolated, type Interpolation } from '../../tools/dashboards/interpolation';
import { valuesOf } from '../../tools/keep-list/variable-definitions';
import type { Variable } from './dashboard';

/** Asks for the values of a label, of the series that a selector names, or of all. */
export type LabelValues = (label: string, selector: string | undefined) => Promise<string[]>;

/** What is chosen on a dashboard, as a query gets it. */
export interface Chosen {
  values: Map<string, readonly string[]>;
  /** For each variable every value that it can have; of those that a query fills, alone. */
  options: Map<string, readonly string[]>;
}

/** What the operator calls the servers of the centre, and the agents of an edge. */
const prometheus = /^prom(etheus|-agent)-/;

/**
 * Where one must be chosen: what this project deploys on every cluster. The first by name would be a
 * namespace without pods, or a pod that has ended.
 */
const preferred: Readonly<Partial<Record<string, RegExp>>> = {
  namespace: new RegExp(`^${monitoringNamespace}$`),
  pod: prometheus,
  workload: prometheus,
};

/**
 * Fills the variables of a dashboard as Grafana does when it is opened: all, where all can be chosen; else
 * what the dashboard remembers, if there is such a value, and the first. One without any value is empty.
 *
 * @param given the choice of variables that is taken as it is: the cluster
 * @throws Error for a variable of a kind that is not known here
 */
export async function chosen(
  variables: readonly Variable[],
  given: ReadonlyMap<string, string>,
  times: Omit<Interpolation, 'values'>,
  ask: LabelValues,
): Promise<Chosen> {
  const values: Chosen['values'] = new Map();
  const options: Chosen['options'] = new Map();
  // A variable's query may name those that stand before it.
  for (const variable of variables) {
    const { name } = variable;
    const own = given.get(name);
    if (own !== undefined) values.set(name, [own]);
    else if (variable.type === 'query') {
      const found = matching(variable, await ask(...labelQuery(variable, { ...times, values })));
      options.set(name, found);
      values.set(name, choice(variable, found));
    } else if (variable.type !== 'datasource') values.set(name, fixed(variable));
  }
  return { values, options };
}

/** The choice among the values that a query has found. */
function choice({ name, includeAll, allValue, current }: Variable, found: readonly string[]) {
  const remembered = [current?.value].flat().filter((value) => found.includes(String(value)));
  if (remembered.length > 0) return remembered.map(String);
  if (includeAll === true) {
    if (typeof allValue === 'string' && allValue !== '') return [allValue];
    if (found.length > 0) return found;
  }
  return [found.find((value) => preferred[name]?.test(value)) ?? found[0] ?? ''];
}

/** The choice where the dashboard's text has every value; something is chosen from the beginning. */
function fixed(variable: Variable): readonly string[] {
  const current = [variable.current?.value].flat();
  if (typeof current[0] === 'string' && current[0] !== '$__all') return current.map(String);
  const all = valuesOf(variable) ?? [''];
  return current[0] === '$__all' ? all : all.slice(0, 1);
}

const textOf = ({ query }: Variable): string =>
  typeof query === 'string' ? query : ((query as { query?: string } | undefined)?.query ?? '');

/** `label_values(SELECTOR, LABEL)` and `label_values(LABEL)`. */
function labelQuery(
  variable: Variable,
  interpolation: Interpolation,
): [label: string, selector: string | undefined] {
  const text = textOf(variable).trim();
  const [, selector, label] = /^label_values\((?:(.+),)?\s*(\w+)\s*\)$/s.exec(text) ?? [];
  if (label === undefined) {
    throw new Error(`the variable ${variable.name} asks ${text}; only label_values is known here`);
  }
  return [label, selector === undefined ? undefined : interpolated(selector, interpolation)];
}

/** Values that a variable's own expression takes, or the part of them that it names. */
function matching({ regex }: Variable, found: readonly string[]): string[] {
  const [, source, flags] = /^\/(.*)\/(\w*)$/s.exec(typeof regex === 'string' ? regex : '') ?? [];
  if (source === undefined) return [...found];
  const expression = new RegExp(source, (flags ?? '').replace('g', ''));
  const taken = found.flatMap((value) => {
    const match = expression.exec(value);
    return match ? (match[1] ?? match[0]) : [];
  });
  return [...new Set(taken)];
}
