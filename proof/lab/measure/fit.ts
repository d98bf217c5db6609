/** y = base + slope × x */
export interface Line {
  base: number;
  slope: number;
}

/** Least squares; the base is at least 0, since no program takes memory away. */
export function fit(points: readonly { x: number; y: number }[]): Line {
  const n = points.length;
  const mean = (pick: (p: { x: number; y: number }) => number) =>
    points.reduce((sum, p) => sum + pick(p), 0) / n;
  const [x, y] = [mean((p) => p.x), mean((p) => p.y)];
  const slope =
    points.reduce((sum, p) => sum + (p.x - x) * (p.y - y), 0) /
    points.reduce((sum, p) => sum + (p.x - x) ** 2, 0);
  return { base: Math.max(0, y - slope * x), slope };
}

/** (model - measured) / measured: positive where the model asks for more than there was. */
export const relativeError = (model: number, measured: number): number => (model - measured) / measured;
