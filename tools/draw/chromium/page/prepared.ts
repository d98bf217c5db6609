import {
  applyFieldOverrides,
  cacheFieldDisplayNames,
  FieldColorModeId,
  toDataFrame,
  transformDataFrame,
  type DataFrame,
  type FieldConfigSource,
  type GrafanaTheme2,
} from '@grafana/data';
import { lastValueFrom } from 'rxjs';
import type { AskedPanel } from '../../ask';
import type { Panel } from '../../dashboard';
import { propertiesOf } from './registry';

/** A panel whose data have gone through everything that comes before the component. */
export interface Prepared extends AskedPanel {
  fieldConfig: FieldConfigSource;
  data: DataFrame[];
}

/** Every time is drawn in the zone in which logs and alerts are written. */
export const timeZone = 'utc';

/** No link is followed in a picture, so what stands in its address is not replaced. */
export const asItIs = (text: string): string => text;

/** What a field has when the panel says nothing: Grafana's plugins say it, not its components. */
const customDefaults: Readonly<Partial<Record<string, object>>> = {
  timeseries: {
    drawStyle: 'line',
    lineInterpolation: 'linear',
    lineWidth: 1,
    fillOpacity: 0,
    gradientMode: 'none',
    axisPlacement: 'auto',
    showPoints: 'auto',
    pointSize: 5,
    spanNulls: false,
    scaleDistribution: { type: 'linear' },
    hideFrom: { tooltip: false, viz: false, legend: false },
    thresholdsStyle: { mode: 'off' },
  },
  table: { align: 'auto', cellOptions: { type: 'auto' } },
};

/** The panel's own configuration over that of its kind. */
function fieldConfigOf({ type, fieldConfig }: Panel): FieldConfigSource {
  const { defaults = {}, overrides = [] } = (fieldConfig ?? {}) as Partial<FieldConfigSource>;
  const stacking = (defaults.custom as { stacking?: object } | undefined)?.stacking;
  return {
    overrides,
    defaults: {
      ...(type === 'timeseries' && { color: { mode: FieldColorModeId.PaletteClassic } }),
      ...defaults,
      custom: {
        ...customDefaults[type],
        ...defaults.custom,
        // Curves are stacked with those of the same group.
        ...(stacking && { stacking: { group: 'A', ...stacking } }),
      },
    },
  };
}

/** A quantile of nothing is no number; one of them, or infinity, leaves the component without an axis. */
const finite = (value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? null : value;

/** Answers as the component takes them: joined and renamed, with units, thresholds, colours and names. */
export async function prepared(asked: AskedPanel, theme: GrafanaTheme2): Promise<Prepared> {
  const { panel, frames } = asked;
  const fieldConfig = fieldConfigOf(panel);
  const transformed = await lastValueFrom(
    transformDataFrame(
      panel.transformations ?? [],
      frames.map((frame) => toDataFrame(frame)),
    ),
  );
  const data = applyFieldOverrides({
    data:
      panel.type === 'timeseries'
        ? transformed.map((frame) => ({
            ...frame,
            fields: frame.fields.map((field) => ({ ...field, values: field.values.map(finite) })),
          }))
        : transformed,
    fieldConfig,
    fieldConfigRegistry: propertiesOf(fieldConfig),
    replaceVariables: asItIs,
    theme,
    timeZone,
  });
  // The table takes a column's new name from there alone.
  cacheFieldDisplayNames(data);
  return { ...asked, fieldConfig, data };
}
