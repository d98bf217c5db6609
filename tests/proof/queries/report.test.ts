import type { Answer } from '../../../proof/queries/ask';
import { compared, rowsOf } from '../../../proof/queries/list';
import { choicesIn, differences, errorsIn, seenIn, table, type Result } from '../../../proof/queries/report';

const one = (query: string, expr: string, answer: Answer) => ({ panel: 'P', query, expr, answer });

const result: Result = {
  dashboard: { title: 'D', range: 3600, variables: [], panels: 1, queries: [] },
  answers: {
    centre: [
      { panel: '(variables)', query: 'node', expr: '', answer: 'something', chosen: ['n'] },
      one('A', 'a:b:sum{x="$x"}', 'something'),
      one('B', 'c', { error: 'HTTP 422' }),
    ],
    edge: [
      { panel: '(variables)', query: 'node', expr: '', answer: 'nothing', chosen: ['a', 'b'] },
      one('A', 'a:b:sum{x="$x"}', 'nothing'),
      one('B', 'c', 'nothing'),
    ],
  },
};

describe('the report', () => {
  it('counts queries of panels, and in brackets those of recorded series', () => {
    expect(table([result])).toEqual([
      {
        dashboard: 'D',
        panels: 1,
        expressions: '2 (1)',
        'empty, centre': '0 (0)',
        'empty, edge': '2 (1)',
      },
      {
        dashboard: 'all',
        panels: 1,
        expressions: '2 (1)',
        'empty, centre': '0 (0)',
        'empty, edge': '2 (1)',
      },
    ]);
  });

  it('names what was chosen where something is empty', () => {
    expect(choicesIn([result])).toEqual(['D, edge: node=a,b']);
  });

  it('names every error', () => {
    expect(errorsIn([result])).toEqual(['D | P | B, centre: HTTP 422']);
  });

  it('groups what is listed by kind, and ends with what differs', () => {
    const rows = rowsOf(
      [
        'D\tP\tA\tedge\tnot sent by edges: x',
        'D\tP\tB\tedge\tnot sent by edges',
        'D\tP\tA\tcentre\tno such node',
      ].join('\n'),
    );
    expect(differences(compared(rows, seenIn([result])))).toEqual([
      'not sent by edges: 2',
      '  D | P | A, edge',
      '  D | P | B, edge',
      'NEW: empty, and in no row of the list: 1',
      '  D | (variables) | node, edge',
      'STALE: listed, and answering or gone: 1',
      '  D | P | A, centre (no such node)',
    ]);
  });
});
