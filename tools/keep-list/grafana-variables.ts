import { metricNames, type MetricNames } from './metric-names';

/** The values that a variable can have, by its name, where the dashboard's text tells them. */
export type VariableValues = ReadonlyMap<string, readonly string[]>;

/** `$name`, `${name}`, `${name:format}`, `${name.field}`, `[[name]]`, `[[name:format]]`. */
const reference = /\$(\w+)|\$\{(\w+)[^}]*\}|\[\[(\w+?)(?::\w+)?\]\]/g;

/** Stands for a variable while the expression is parsed: a name to PromQL. */
const mark = (index: number) => `GRAFANA_VARIABLE_${index}_`;
const marks = /GRAFANA_VARIABLE_(\d+)_/g;
const withMark = /\w*GRAFANA_VARIABLE_\d+_\w*/.source;

/** Grafana's own variables (`$__rate_interval`, `$__range_s`) are times; PromQL reads a number as seconds. */
const time = '300';

/**
 * The metric names in an expression of a dashboard. A variable in a name is replaced by each of its values.
 */
export function metricNamesWith(variables: VariableValues, expression: string): MetricNames {
  const used: string[] = [];
  const marked = expression.replace(reference, (_, ...groups: (string | undefined)[]) => {
    const name = groups.slice(0, 3).find((group) => group !== undefined) ?? '';
    if (name.startsWith('__')) return time;
    if (!used.includes(name)) used.push(name);
    return mark(used.indexOf(name));
  });
  const found = metricNames(parseable(marked));
  const replaced = found.names.map((name) => withValues(name, used, variables));
  return {
    names: [...new Set(replaced.flatMap(({ names }) => names))],
    unclear: [
      ...found.unclear.map((why) =>
        why.replace(marks, (_, index: string) => `$${used[Number(index)] ?? ''}`),
      ),
      ...replaced.flatMap(({ unclear }) => unclear),
    ],
  };
}

/**
 * Puts what parses where PromQL takes no name: a time into ranges and offsets, `sum` for a function or an
 * aggregation.
 */
const parseable = (marked: string): string =>
  marked
    .replace(/\[([^\]"'`]*)\]/g, (_, range: string) => {
      const parts = range.split(':');
      return `[${parts.map((part) => (part.search(marks) < 0 ? part : time)).join(':')}]`;
    })
    .replace(new RegExp(String.raw`(?<=\boffset\s+-?\s*|@\s*)${withMark}`, 'g'), time)
    .replace(new RegExp(String.raw`${withMark}(?=\s*(?:\(|by\b|without\b))`, 'g'), 'sum');

/** A value may be a number or a whole expression, so each is read as one. */
function withValues(name: string, used: readonly string[], variables: VariableValues): MetricNames {
  const inName = used.map((_, index) => mark(index)).filter((text) => name.includes(text));
  if (inName.length === 0) return { names: [name], unclear: [] };
  let texts = [name];
  for (const text of inName) {
    const variable = used[Number(text.replace(marks, '$1'))] ?? '';
    const values = variables.get(variable);
    if (!values) return { names: [], unclear: [`the values of $${variable} are not in the dashboard`] };
    texts = texts.flatMap((inner) => values.map((value) => inner.replaceAll(text, value)));
  }
  const found = texts.map((text) => ({ text, ...metricNames(text) }));
  return {
    names: found.flatMap(({ names }) => names),
    unclear: found.flatMap(({ text, unclear }) => unclear.map((why) => `with ${text}: ${why}`)),
  };
}
