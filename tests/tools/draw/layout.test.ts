import { boxOf, heightOf } from '../../../tools/draw/layout';

describe("Grafana's grid in pixels", () => {
  it('shares the width between 24 columns with a gap between them', () => {
    expect(boxOf({ x: 0, y: 0, w: 24, h: 8 }, 1592)).toEqual({ left: 0, top: 0, width: 1592, height: 296 });
    expect(boxOf({ x: 0, y: 1, w: 12, h: 1 }, 1592)).toEqual({ left: 0, top: 38, width: 792, height: 30 });
    expect(boxOf({ x: 12, y: 1, w: 12, h: 1 }, 1592)).toMatchObject({ left: 800, width: 792 });
  });

  it('ends below the panel that reaches lowest', () => {
    const at = (y: number, h: number) => ({ gridPos: { x: 0, y, w: 1, h } });
    expect(heightOf([at(0, 8), at(1, 2)])).toBe(296);
  });
});
