/** A variable of a dashboard: an entry of `templating.list`. */
export interface VariableDefinition {
  name: string;
  type: string;
  /** Text; of a query variable also an object around it. */
  query?: unknown;
  /** The text of a query variable once more. */
  definition?: unknown;
  datasource?: unknown;
  includeAll?: unknown;
  /** Value that "All" stands for; absent: all values. */
  allValue?: unknown;
}

const isNumber = (text: string) => text.trim() !== '' && Number.isFinite(Number(text));

/**
 * The values that a variable can have; undefined where only Grafana knows them: those of a query, or what
 * somebody types. A typed number is a threshold, and another would be a number too.
 */
export function valuesOf({ type, query, includeAll, allValue }: VariableDefinition): string[] | undefined {
  const text = typeof query === 'string' ? query : '';
  if (type === 'constant') return [text];
  if (type === 'textbox') return isNumber(text) ? [text] : undefined;
  if (type !== 'custom' && type !== 'interval') return undefined;
  const all = includeAll === true && typeof allValue === 'string' && allValue !== '' ? [allValue] : [];
  const values = [...listed(text), ...all];
  return values.length > 0 ? values : undefined;
}

/** Values of `a, text : b, c\,d`. */
const listed = (text: string): string[] =>
  (text.match(/(?:\\,|[^,])+/g) ?? []).map((entry) => {
    const value = /^.+?\s:\s(.+)$/s.exec(entry)?.[1] ?? entry;
    return value.replaceAll('\\,', ',').trim();
  });

const label = /(?:\w+|\$\w+|\$\{[^}]*\}|\[\[[^\]]*\]\])/.source;
const labelValues = new RegExp(String.raw`^(?:(.+),)?\s*${label}\s*$`, 's');

/**
 * What the query of a variable reads, as PromQL: a selector or an expression. Undefined for those that ask
 * for labels of all metrics, such as `label_values(namespace)`.
 */
export function variableExpression({ query, definition }: VariableDefinition): string | undefined {
  const text = [query, (query as { query?: unknown } | null | undefined)?.query, definition]
    .find((candidate): candidate is string => typeof candidate === 'string')
    ?.trim();
  if (!text) return undefined;
  const [, kind, inner = ''] = /^(\w+)\((.*)\)$/s.exec(text) ?? [];
  if (kind === 'label_names') return undefined;
  if (kind === 'label_values') {
    const match = labelValues.exec(inner);
    return match ? match[1] : inner;
  }
  if (kind === 'query_result') return inner;
  // Grafana takes every name that the expression is found in.
  if (kind === 'metrics') return `{__name__=~${JSON.stringify(`.*(${inner}).*`)}}`;
  // Any other text is a selector.
  return text;
}
