import { dateTime, type TimeRange } from '@grafana/data';
import type { VizLegendOptions } from '@grafana/schema';
import { TimeSeries } from '@grafana/ui';
import type { ReactNode } from 'react';
import type { Period } from '../../period';
import { timeZone } from './prepared';
import type { Room } from './room';

export function timeRange({ from, to }: Period): TimeRange {
  const range = { from: dateTime(from * 1000), to: dateTime(to * 1000) };
  return { ...range, raw: range };
}

export const Curves = ({ prepared, period, width, height }: Room): ReactNode => (
  <TimeSeries
    frames={prepared.data}
    structureRev={1}
    width={width}
    height={height}
    timeZone={timeZone}
    timeRange={timeRange(period)}
    legend={(prepared.panel.options as { legend: VizLegendOptions }).legend}
    tweakScale={(scale) => scale}
    tweakAxis={(axis) => axis}
    options={{}}
  />
);
