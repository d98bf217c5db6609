/*
 * What Prometheus' HTTP API answers, as the frames that Grafana's components read. Grafana's own code for it
 * (@grafana/prometheus) is under the AGPL, and needs a Grafana besides.
 */

type Sample = [seconds: number, value: string];
type Labels = Record<string, string>;

/** The `data` of an answer of `/api/v1/query` or `/api/v1/query_range`. */
export type Answer =
  | { resultType: 'matrix'; result: { metric: Labels; values?: Sample[] }[] }
  | { resultType: 'vector'; result: { metric: Labels; value?: Sample }[] }
  | { resultType: 'scalar' | 'string'; result: Sample };

/** A column of a frame, in the words of @grafana/data (`FieldDTO`), which only the page has. */
export interface Field {
  name: string;
  type: 'time' | 'number' | 'string';
  values: (number | string)[];
  labels?: Labels;
  config?: { displayNameFromDS?: string };
}

export interface Frame {
  refId: string;
  fields: Field[];
}

interface Series {
  metric: Labels;
  samples: Sample[];
}

/** Native histograms have samples of another kind, which none of the panels draws. */
function seriesOf(answer: Answer): Series[] {
  switch (answer.resultType) {
    case 'matrix':
      return answer.result.map(({ metric, values = [] }) => ({ metric, samples: values }));
    case 'vector':
      return answer.result.map(({ metric, value }) => ({ metric, samples: value ? [value] : [] }));
    default:
      return [{ metric: {}, samples: [answer.result] }];
  }
}

/** Prometheus writes infinity as Go does, which JavaScript does not read. */
const numberOf = (text: string): number => Number(text.replace(/^([+-]?)Inf$/, '$1Infinity'));

const times = (samples: Sample[]) => samples.map(([seconds]) => seconds * 1000);
const numbers = (samples: Sample[]) => samples.map(([, text]) => numberOf(text));

/** The name of a series: its legend with `{{label}}` replaced, by nothing where it has no such label. */
export function seriesName(metric: Labels, legend: string | undefined, expr: string): string {
  if (legend !== undefined && legend !== '' && legend !== '__auto') {
    return legend.replace(/\{\{\s*(.+?)\s*\}\}/g, (_, label: string) => metric[label] ?? '');
  }
  const { __name__: name = '', ...labels } = metric;
  const text = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return text.length > 0 ? `${name}{${text.join(', ')}}` : name || expr;
}

/** How a query is asked, as its frames need it. */
export interface Asked {
  refId: string;
  expr: string;
  legend?: string | undefined;
  /** Seconds between two points of a curve; none: one point in time. */
  step?: number;
}

/**
 * A curve with a point that is no number after each last one before a gap, so that it is interrupted there.
 * Grafana asks for it with `interval` of the time, which @grafana/ui heeds in the first series alone.
 */
const withGaps = (samples: Sample[], step: number): Sample[] =>
  samples.flatMap((sample, i): Sample[] => {
    const next = samples[i + 1];
    return next && next[0] - sample[0] > step ? [sample, [sample[0] + step, 'NaN']] : [sample];
  });

/** A frame for each series: of a curve, or of a number. */
export const seriesFrames = (answer: Answer, { refId, expr, legend, step }: Asked): Frame[] =>
  seriesOf(answer).map(({ metric, samples }) => {
    const drawn = step === undefined ? samples : withGaps(samples, step);
    return {
      refId,
      fields: [
        { name: 'Time', type: 'time', values: times(drawn) },
        {
          name: 'Value',
          type: 'number',
          values: numbers(drawn),
          labels: metric,
          config: { displayNameFromDS: seriesName(metric, legend, expr) },
        },
      ],
    };
  });

/**
 * One frame for all series: a column for each label, then the value.
 *
 * @param only whether it is the panel's only query; the value's column is named after the query otherwise
 */
export function tableFrame(answer: Answer, refId: string, only: boolean): Frame {
  const series = seriesOf(answer);
  const labels = [...new Set(series.flatMap(({ metric }) => Object.keys(metric)))].sort();
  const rows = series.flatMap(({ metric, samples }) => samples.map((sample) => ({ metric, sample })));
  const samples = rows.map(({ sample }) => sample);
  return {
    refId,
    fields: [
      { name: 'Time', type: 'time', values: times(samples) },
      ...labels.map((label) => ({
        name: label,
        type: 'string' as const,
        values: rows.map(({ metric }) => metric[label] ?? ''),
      })),
      { name: only ? 'Value' : `Value #${refId}`, type: 'number', values: numbers(samples) },
    ],
  };
}
