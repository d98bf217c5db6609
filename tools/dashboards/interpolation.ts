/** What Grafana puts into a query in the place of its variables. */
export interface Interpolation {
  /** The chosen values of each variable of the dashboard, by its name. */
  values: ReadonlyMap<string, readonly string[]>;
  /** Seconds that the dashboard looks back. */
  range: number;
  /** Seconds between two points of a curve. */
  step: number;
  /** Seconds between two scrapes, as the datasource is told (`timeInterval`). */
  scrapeInterval: number;
}

/** `$name`, `${name}`, `${name:format}`, `[[name]]`; not `$1`, a group of `label_replace`. */
const reference = /\$([a-z_]\w*)|\$\{(\w+)(?::(\w+))?\}|\[\[(\w+?)(?::(\w+))?\]\]/gi;

/**
 * A query as Grafana's Prometheus datasource sends it. A variable with one value is that value; one with
 * several is a group of a regular expression, each value quoted, as `=~` wants it.
 *
 * @throws Error that names a variable without a value
 */
export function interpolated(expr: string, given: Interpolation): string {
  return expr.replace(reference, (_, plain?: string, braced?: string, format?: string, old?: string) => {
    const name = plain ?? braced ?? old ?? '';
    const own = ofGrafana(name, given);
    if (own !== undefined) return own;
    const values = given.values.get(name);
    if (!values || values.length === 0) throw new Error(`the variable ${name} has no value`);
    if (format === 'raw' || format === 'csv') return values.join(',');
    if (format === 'pipe') return values.join('|');
    // Not quoted where it is one, which may be `.+` for all.
    return values.length === 1 ? values.join() : `(${values.map(quoted).join('|')})`;
  });
}

/** Once for the regular expression, once for the text that it stands in. */
const quoted = (value: string) => value.replace(/[.*+?^${}()|[\]\\]/g, '\\\\$&');

/** Grafana's own variables, all times. */
function ofGrafana(name: string, { range, step, scrapeInterval }: Interpolation): string | undefined {
  switch (name) {
    case '__rate_interval':
      return `${Math.max(step + scrapeInterval, 4 * scrapeInterval)}s`;
    case '__interval':
      return `${step}s`;
    case '__interval_ms':
      return String(step * 1000);
    case '__range':
      return `${range}s`;
    case '__range_s':
      return String(range);
    case '__range_ms':
      return String(range * 1000);
    default:
      return undefined;
  }
}
