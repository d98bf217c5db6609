import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  MappingType,
  SpecialValueMatch,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type Threshold,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { datasourceUid } from '../../components/grafana/datasources';
import { releaseName } from '../../components/prometheus-stack/addresses';
import { builtLink, type Link } from './links';

/** Every query asks Thanos Query. */
export const datasource = { type: 'prometheus', uid: datasourceUid };

/** What a panel shows, as the dashboards of `source/` say it. */
export interface PanelSpec {
  /** The question that it answers. */
  title: string;
  /** What the numbers are, and what to think of them; shown behind the panel's (i). */
  description: string;
  /** Grafana's name of the unit, such as `s`, `bytes`, `percentunit`. */
  unit: string;
  /** From which value on it is what colour; absent: there is neither good nor bad. */
  thresholds?: Threshold[];
  /** Where somebody looks next; every panel has one at least. */
  links: readonly [Link, ...Link[]];
  /** Of 24. */
  width: number;
  height?: number;
  decimals?: number;
  min?: number;
  max?: number;
  mappings?: ValueMapping[];
  /** Shown where nothing is answered, when that has a meaning. */
  noValue?: string;
}

/** A query, and what its series are called: `{{label}}` is replaced. */
export interface Series {
  expr: string;
  legend: string;
  /** Drawn below zero, while its numbers stay what they are: what goes out, beside what comes in. */
  below?: boolean;
}

/** Of series whose names are severities. */
export const severityColours = { '/^critical$/': 'red', '/^warning$/': 'orange', '/^info$/': 'blue' };

/** Of series whose names end with the status of an HTTP answer. */
export const statusColours = { '/2..$/': 'green', '/4..$/': 'orange', '/5..$/': 'red' };

const green = 'green';
const orange = 'orange';
const red = 'red';

/** The more the worse: above the first somebody should look, above the second it is bad. */
export const rising = (warning: number, bad: number): Threshold[] => [
  { value: null, color: green },
  { value: warning, color: orange },
  { value: bad, color: red },
];

/** The less the worse. */
export const falling = (bad: number, warning: number): Threshold[] => [
  { value: null, color: red },
  { value: bad, color: orange },
  { value: warning, color: green },
];

/** Anything above zero is bad. */
export const zeroIsGood = (color: 'red' | 'orange' = red): Threshold[] => [
  { value: null, color: green },
  // Increases are interpolated, so one may be less than 1.
  { value: 0.001, color },
];

/** Less than this is bad. */
export const atLeast = (value: number): Threshold[] => [
  { value: null, color: red },
  { value, color: green },
];

/** Neither good nor bad. */
const plain: Threshold[] = [{ value: null, color: 'blue' }];

/**
 * Nothing is neither good nor bad. Without this it has the colour of the lowest threshold: a green "No data"
 * that looks well, or a red one that looks like an alarm.
 *
 * @param color blue as what has no thresholds; `transparent` for a cell
 */
export const ofNothing = (text: string, color: 'blue' | 'transparent'): ValueMapping => ({
  type: MappingType.SpecialValue,
  options: { match: SpecialValueMatch.Null, result: { text, color } },
});

const builtThresholds = (steps: Threshold[] = plain): ThresholdsConfigBuilder =>
  new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps);

/** The letters by which Grafana tells the queries of a panel apart. */
export const refId = (index: number): string => String.fromCharCode('A'.charCodeAt(0) + index);

/** Labels with names that the chart and the operator make out of the release's, once or twice. */
const longNames = ['pod', 'persistentvolumeclaim'];

/**
 * A query whose series have the end of such a name alone. `prom-agent-kube-prometheus-stack-prometheus-0` is
 * cut off in a legend before the number that tells one agent from the other.
 */
const shortened = ({ expr, legend }: Series): string =>
  longNames
    .filter((label) => legend.includes(`{{${label}}}`))
    .reduce(
      (query, label) => `label_replace(${query}, "${label}", "$1", "${label}", ".*${releaseName}-(.+)")`,
      expr,
    );

const queries = (series: readonly Series[]) =>
  series.map((each, i) =>
    new DataqueryBuilder()
      .refId(refId(i))
      .datasource(datasource)
      .expr(shortened(each))
      .legendFormat(each.legend),
  );

/** Queries over the chosen time, for a curve. */
export const rangeQueries = (series: readonly Series[]): Builder<Dataquery>[] =>
  queries(series).map((query) => query.range());

/** Queries at the end of the chosen time, for a number or a row. */
export const instantQueries = (
  series: readonly Series[],
  format: PromQueryFormat = PromQueryFormat.TimeSeries,
): Builder<Dataquery>[] => queries(series).map((query) => query.format(format).instant());

/** What the SDK's builders of all kinds of panels have in common. */
interface AnyPanel {
  title: (title: string) => this;
  description: (text: string) => this;
  datasource: (ref: typeof datasource) => this;
  unit: (unit: string) => this;
  thresholds: (config: ThresholdsConfigBuilder) => this;
  links: (links: ReturnType<typeof builtLink>[]) => this;
  span: (width: number) => this;
  height: (height: number) => this;
  decimals: (decimals: number) => this;
  min: (min: number) => this;
  max: (max: number) => this;
  mappings: (mappings: ValueMapping[]) => this;
  noValue: (text: string) => this;
}

/** Says to a builder what every kind of panel has. */
export function described<Panel extends AnyPanel>(panel: Panel, spec: PanelSpec, height: number): Panel {
  panel
    .title(spec.title)
    .description(spec.description)
    .datasource(datasource)
    .unit(spec.unit)
    .thresholds(builtThresholds(spec.thresholds))
    .links(spec.links.map(builtLink))
    .span(spec.width)
    .height(spec.height ?? height);
  if (spec.decimals !== undefined) panel.decimals(spec.decimals);
  if (spec.min !== undefined) panel.min(spec.min);
  if (spec.max !== undefined) panel.max(spec.max);
  if (spec.mappings) panel.mappings(spec.mappings);
  if (spec.noValue !== undefined) panel.noValue(spec.noValue);
  return panel;
}
