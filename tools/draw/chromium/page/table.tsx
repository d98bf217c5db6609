import type { TableCellHeight } from '@grafana/schema';
import { TableNG } from '@grafana/ui/unstable';
import type { ReactNode } from 'react';
import { timeRange } from './curves';
import type { Room } from './room';

interface TableOptions {
  cellHeight?: TableCellHeight;
  showHeader?: boolean;
  sortBy?: { displayName: string; desc?: boolean }[];
}

export function TableOf({ prepared, period, width, height }: Room): ReactNode {
  const { cellHeight, showHeader = true, sortBy } = prepared.panel.options as TableOptions;
  const [frame] = prepared.data;
  if (!frame) return null;
  return (
    <TableNG
      data={frame}
      width={width}
      height={height}
      noHeader={!showHeader}
      fieldConfig={prepared.fieldConfig}
      timeRange={timeRange(period)}
      structureRev={1}
      // What is not on the screen is in no picture either, but its height must be known.
      enableVirtualization={false}
      {...(prepared.fieldConfig.defaults.noValue !== undefined && {
        noValue: prepared.fieldConfig.defaults.noValue,
      })}
      {...(cellHeight && { cellHeight })}
      {...(sortBy && { sortBy })}
    />
  );
}
