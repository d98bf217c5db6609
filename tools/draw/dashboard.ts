/*
 * As much of a dashboard's classic JSON as a drawing reads. What Grafana's own components take (field
 * configuration, options, transformations) goes through to them as it is.
 */

export interface Dashboard {
  uid: string;
  title: string;
  panels: Panel[];
  templating?: { list?: Variable[] };
  time?: { from?: string };
}

/** Where a panel stands: a grid of 24 columns, and of rows without end. */
export interface GridPos {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface Panel {
  id: number;
  type: string;
  title?: string;
  description?: string;
  gridPos: GridPos;
  targets?: Target[];
  fieldConfig?: { defaults?: object; overrides?: unknown[] };
  options?: object;
  transformations?: { id: string; options: object }[];
}

export interface Target {
  refId: string;
  expr: string;
  legendFormat?: string;
  instant?: boolean;
  format?: string;
}

/** A choice at the top. */
export interface Variable {
  name: string;
  label?: string;
  query?: string | { query?: string };
  /** What "All" asks for, in the place of a list of all values. */
  allValue?: string;
}
