import type { GridPos } from './dashboard';

/*
 * Grafana's grid: 24 columns that share the width, rows of a fixed height, 8 pixels between all. A panel has
 * the room between its cells too.
 */
const columns = 24;
const rowHeight = 30;
const gap = 8;

/** Where something stands, in pixels. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const tall = (rows: number) => rows * (rowHeight + gap) - gap;

/** @param width of the whole grid, in pixels */
export function boxOf({ x, y, w, h }: GridPos, width: number): Box {
  const column = (width + gap) / columns;
  return {
    left: Math.round(x * column),
    top: y * (rowHeight + gap),
    width: Math.round(w * column - gap),
    height: tall(h),
  };
}

/** The height of a grid with these panels. */
export const heightOf = (panels: readonly { gridPos: GridPos }[]): number =>
  tall(Math.max(0, ...panels.map(({ gridPos }) => gridPos.y + gridPos.h)));

/** Around everything, in pixels. */
export const margin = 16;

/** Width of the grid in a picture. */
export const gridWidth = (width: number): number => width - 2 * margin;
