import { seriesFrames, seriesName, tableFrame, type Answer } from '../../../tools/draw/answers';

const matrix: Answer = {
  resultType: 'matrix',
  result: [
    {
      metric: { cluster: 'edge-1' },
      values: [
        [60, '1.5'],
        [90, 'NaN'],
        [120, '+Inf'],
      ],
    },
  ],
};

const vector: Answer = {
  resultType: 'vector',
  result: [
    { metric: { cluster: 'edge-1', severity: 'critical' }, value: [60, '2'] },
    { metric: { cluster: 'edge-2' }, value: [60, '-Inf'] },
  ],
};

const asked = { refId: 'A', expr: 'up', legend: '{{cluster}}' };

describe('an answer of the API as frames', () => {
  it('is a frame for each series, in milliseconds, with the name of the legend', () => {
    expect(seriesFrames(matrix, { ...asked, step: 30 })).toEqual([
      {
        refId: 'A',
        fields: [
          { name: 'Time', type: 'time', values: [60_000, 90_000, 120_000] },
          {
            name: 'Value',
            type: 'number',
            values: [1.5, NaN, Infinity],
            labels: { cluster: 'edge-1' },
            config: { displayNameFromDS: 'edge-1' },
          },
        ],
      },
    ]);
  });

  it('is interrupted where a step or more is missing', () => {
    const gap: Answer = {
      resultType: 'matrix',
      result: [{ metric: {}, values: [60, 90, 180].map((time) => [time, '1']) }],
    };
    const [frame] = seriesFrames(gap, { ...asked, step: 30 });
    expect(frame?.fields.map(({ values }) => values)).toEqual([
      [60_000, 90_000, 120_000, 180_000],
      [1, 1, NaN, 1],
    ]);
  });

  it('of one point in time is a frame for each series too', () => {
    const frames = seriesFrames(vector, asked);
    expect(frames.map(({ fields }) => fields[1]?.values)).toEqual([[2], [-Infinity]]);
    expect(frames[0]?.fields[0]).toEqual({ name: 'Time', type: 'time', values: [60_000] });
  });

  it('that is a number is one series without labels', () => {
    const [frame] = seriesFrames({ resultType: 'scalar', result: [60, '3'] }, asked);
    expect(frame?.fields[1]).toMatchObject({ values: [3], labels: {} });
  });

  it('as a table has a column for each label that any series has, and the value last', () => {
    expect(tableFrame(vector, 'B', false)).toEqual({
      refId: 'B',
      fields: [
        { name: 'Time', type: 'time', values: [60_000, 60_000] },
        { name: 'cluster', type: 'string', values: ['edge-1', 'edge-2'] },
        { name: 'severity', type: 'string', values: ['critical', ''] },
        { name: 'Value #B', type: 'number', values: [2, -Infinity] },
      ],
    });
  });

  it("as a table of the panel's only query does not say which query it is", () => {
    expect(tableFrame(vector, 'A', true).fields.at(-1)?.name).toBe('Value');
  });
});

describe('the name of a series', () => {
  it.each([
    ['{{cluster}} {{ pod }}', 'edge-1 p-0'],
    ['{{cluster}} {{node}}', 'edge-1 '],
    ['used', 'used'],
    ['', 'up{cluster="edge-1", pod="p-0"}'],
    ['__auto', 'up{cluster="edge-1", pod="p-0"}'],
  ])('with the legend "%s" is "%s"', (legend, name) => {
    expect(seriesName({ __name__: 'up', cluster: 'edge-1', pod: 'p-0' }, legend, 'up')).toBe(name);
  });

  it('without labels and legend is the query', () => {
    expect(seriesName({}, undefined, 'sum(up)')).toBe('sum(up)');
  });
});
