import { UsageError } from '../command-line';
import type { Variable } from './dashboard';

/** What a variable's query asks for: the values of a label, of the series of a selector or of all. */
export interface LabelValues {
  label: string;
  selector?: string;
}

/** @throws Error when it is another query than `label_values(SELECTOR, LABEL)` or `label_values(LABEL)` */
export function labelValues({ name, query }: Variable): LabelValues {
  const text = typeof query === 'string' ? query : (query?.query ?? '');
  const [, selector, label] = /^label_values\((?:(.+),)?\s*(\w+)\s*\)$/s.exec(text.trim()) ?? [];
  if (label === undefined) throw new Error(`the variable ${name} asks ${text}, which is no label_values(…)`);
  return selector === undefined ? { label } : { label, selector: selector.trim() };
}

/** A variable with what is chosen of it. */
export interface Choice {
  name: string;
  /** What Grafana writes before the field. */
  label: string;
  /** What stands in the field. */
  text: string;
  /** What queries are asked with. */
  values: readonly string[];
}

/**
 * What a variable has, all or some.
 *
 * @param known the values that there are
 * @param wanted some of them; absent: all
 */
export function choice(
  { name, label = name, allValue }: Variable,
  known: readonly string[],
  wanted?: readonly string[],
): Choice {
  if (wanted) return { name, label, text: wanted.join(' + '), values: wanted };
  return {
    name,
    label,
    text: known.length > 0 ? `All (${known.join(', ')})` : 'All (there is none)',
    values: allValue === undefined ? known : [allValue],
  };
}

/**
 * A name that no dashboard knows would draw pages of "No data", so it is taken for a slip.
 *
 * @param known the clusters that any of the dashboards offers
 */
export function checkClusters(wanted: readonly string[], known: readonly string[]): void {
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new UsageError(
    `--cluster: there is no ${unknown.join(', ')}, only ${[...new Set(known)].sort().join(', ') || 'none at all'}.`,
  );
}
