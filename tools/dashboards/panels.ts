import * as bargauge from '@grafana/grafana-foundation-sdk/bargauge';
import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  GraphTransform,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import {
  described,
  instantQueries,
  ofNothing,
  rangeQueries,
  refId,
  type PanelSpec,
  type Series,
} from './panel';

/*
 * The kinds of panels that we use: number, curve, bars; the table has a file of its own. They are the oldest
 * of Grafana, each drawn by every version since 8, and the only ones that can be drawn without a Grafana
 * (proof of what a dashboard looks like). A question that needs another kind is asked in another way.
 */

const newest = () => new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false);

/** For kinds that colour what is not there, too. */
const withNothing = (spec: PanelSpec): PanelSpec => ({
  ...spec,
  mappings: [...(spec.mappings ?? []), ofNothing(spec.noValue ?? 'No data', 'blue')],
});

/** A number: what is now. */
export const numberPanel = (spec: PanelSpec, series: readonly Series[]): stat.PanelBuilder =>
  described(new stat.PanelBuilder(), withNothing(spec), 4)
    .targets(instantQueries(series))
    .reduceOptions(newest())
    .colorMode(spec.thresholds ? BigValueColorMode.Background : BigValueColorMode.Value)
    .graphMode(BigValueGraphMode.None)
    .textMode(
      series.length > 1 || series.some(({ legend }) => legend.includes('{{'))
        ? BigValueTextMode.ValueAndName
        : BigValueTextMode.Value,
    );

/** Numbers of the same kind, one for each cluster, part or node, as bars against a common end. */
export const barsPanel = (spec: PanelSpec, series: readonly Series[]): bargauge.PanelBuilder =>
  described(new bargauge.PanelBuilder(), withNothing(spec), 8)
    .targets(instantQueries(series))
    .reduceOptions(newest())
    .orientation(VizOrientation.Horizontal)
    .showUnfilled(true);

export interface CurveSpec extends PanelSpec {
  stacked?: boolean;
  /** Colours by what the series' names match, as `/REGEXP/`, where the palette's would say something else. */
  colours?: Readonly<Record<string, string>>;
}

/** A curve for each series over the chosen time; thresholds as dashed lines. */
export function curvePanel(spec: CurveSpec, series: readonly Series[]): timeseries.PanelBuilder {
  const panel = described(new timeseries.PanelBuilder(), spec, 8)
    .targets(rangeQueries(series))
    .lineWidth(1)
    .fillOpacity(spec.stacked ? 30 : 5)
    .showPoints(VisibilityMode.Never)
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Bottom)
        .calcs(['lastNotNull', 'max'])
        // There is room for three names; the rest is reached by scrolling.
        .sortBy('Last *')
        .sortDesc(true),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
  // Without it an axis of nothing but zeros goes up to 10000 %.
  if (spec.unit === 'percentunit' && spec.max === undefined) panel.axisSoftMax(0.01);
  for (const [i, { below }] of series.entries()) {
    if (below) panel.overrideByQuery(refId(i), [{ id: 'custom.transform', value: GraphTransform.NegativeY }]);
  }
  for (const [names, fixedColor] of Object.entries(spec.colours ?? {}))
    panel.overrideByRegexp(names, [{ id: 'color', value: { mode: 'fixed', fixedColor } }]);
  if (spec.stacked) panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal));
  if (spec.thresholds) {
    panel.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  }
  return panel;
}
