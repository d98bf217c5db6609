import {
  getDisplayValueAlignmentFactors,
  getFieldDisplayValues,
  type DisplayValueAlignmentFactors,
  type FieldDisplay,
  type GrafanaTheme2,
  type ReduceDataOptions,
  VizOrientation,
} from '@grafana/data';
import {
  BarGauge,
  BigValue,
  VizRepeater,
  type BarGaugeDisplayMode,
  type BigValueColorMode,
  type BigValueGraphMode,
  type BigValueJustifyMode,
  type BigValueTextMode,
  type VizRepeaterRenderValueProps,
} from '@grafana/ui';
import type { BarGaugeNamePlacement, BarGaugeValueMode } from '@grafana/schema';
import type { ReactNode } from 'react';
import { asItIs, timeZone, type Prepared } from './prepared';
import type { Room } from './room';

/** Options that stat and bar gauge share. */
interface ValueOptions {
  reduceOptions: ReduceDataOptions;
  orientation?: VizOrientation;
}

interface StatOptions extends ValueOptions {
  colorMode: BigValueColorMode;
  graphMode: BigValueGraphMode;
  justifyMode: BigValueJustifyMode;
  textMode: BigValueTextMode;
  wideLayout?: boolean;
}

interface BarGaugeOptions extends ValueOptions {
  displayMode: BarGaugeDisplayMode;
  valueMode: BarGaugeValueMode;
  namePlacement: BarGaugeNamePlacement;
  showUnfilled: boolean;
  minVizWidth: number;
  minVizHeight: number;
  maxVizHeight: number;
}

/** Numbers of a panel, one for each series. */
export const valuesOf = ({ panel, fieldConfig, data }: Prepared, theme: GrafanaTheme2): FieldDisplay[] =>
  getFieldDisplayValues({
    fieldConfig,
    reduceOptions: (panel.options as ValueOptions).reduceOptions,
    replaceVariables: asItIs,
    data,
    theme,
    timeZone,
  });

type Rendered = VizRepeaterRenderValueProps<FieldDisplay, DisplayValueAlignmentFactors>;

export function Stat({ prepared, theme, width, height }: Room): ReactNode {
  const options = prepared.panel.options as StatOptions;
  return (
    <VizRepeater
      getValues={() => valuesOf(prepared, theme)}
      getAlignmentFactors={getDisplayValueAlignmentFactors}
      renderValue={({ value, width, height, alignmentFactors, count }: Rendered) => (
        <BigValue
          theme={theme}
          value={value.display}
          width={width}
          height={height}
          count={count}
          alignmentFactors={alignmentFactors}
          colorMode={options.colorMode}
          graphMode={options.graphMode}
          justifyMode={options.justifyMode}
          textMode={options.textMode}
          disableWideLayout={!options.wideLayout}
        />
      )}
      autoGrid
      width={width}
      height={height}
      source={prepared.data}
      itemSpacing={3}
      renderCounter={0}
      orientation={options.orientation ?? VizOrientation.Auto}
    />
  );
}

export function Bars({ prepared, theme, width, height }: Room): ReactNode {
  const options = prepared.panel.options as BarGaugeOptions;
  return (
    <VizRepeater
      getValues={() => valuesOf(prepared, theme)}
      getAlignmentFactors={getDisplayValueAlignmentFactors}
      renderValue={({ value, width, height, orientation, alignmentFactors }: Rendered) => (
        <BarGauge
          theme={theme}
          value={value.display}
          field={value.field}
          display={value.view?.getFieldDisplayProcessor(value.colIndex ?? 0)}
          width={width}
          height={height}
          orientation={orientation}
          itemSpacing={8}
          lcdCellWidth={12}
          alignmentFactors={alignmentFactors}
          displayMode={options.displayMode}
          valueDisplayMode={options.valueMode}
          namePlacement={options.namePlacement}
          showUnfilled={options.showUnfilled}
        />
      )}
      width={width}
      height={height}
      source={prepared.data}
      itemSpacing={8}
      renderCounter={0}
      orientation={options.orientation ?? VizOrientation.Auto}
      minVizWidth={options.minVizWidth}
      minVizHeight={options.minVizHeight}
      maxVizHeight={options.maxVizHeight}
    />
  );
}
