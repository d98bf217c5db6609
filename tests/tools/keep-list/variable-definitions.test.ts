import { valuesOf, variableExpression } from '../../../tools/keep-list/variable-definitions';

const variable = (type: string, more: object) => ({ name: 'x', type, ...more });

describe('the values of a variable', () => {
  it.each<[string, object, string[] | undefined]>([
    ['custom', { query: 'a, Text : b,c\\,d' }, ['a', 'b', 'c,d']],
    ['custom', { query: 'a,b', includeAll: true }, ['a', 'b']],
    ['custom', { query: 'a,b', includeAll: true, allValue: '.*' }, ['a', 'b', '.*']],
    ['custom', { query: 'a,b', includeAll: false, allValue: '.*' }, ['a', 'b']],
    ['custom', { query: '' }, undefined],
    ['interval', { query: '1m,10m' }, ['1m', '10m']],
    ['constant', { query: 'a,b' }, ['a,b']],
    ['textbox', { query: '80' }, ['80']],
    ['textbox', { query: 'a' }, undefined],
    ['textbox', { query: '' }, undefined],
    ['query', { query: 'label_values(a, b)' }, undefined],
  ])('of type %s with %j', (type, more, values) => {
    expect(valuesOf(variable(type, more))).toEqual(values);
  });
});

describe('the query of a variable', () => {
  it.each<[unknown, string | undefined]>([
    ['label_values(namespace)', undefined],
    ['label_values($label)', undefined],
    ['label_names(a.*)', undefined],
    ['', undefined],
    [{ refId: 'x' }, undefined],
    ['label_values(a, namespace)', 'a'],
    ['label_values(a{b="c",d=~"$e"}, ${label})', 'a{b="c",d=~"$e"}'],
    ['label_values(a{b="c",d="e"})', 'a{b="c",d="e"}'],
    [{ query: ' label_values(a,namespace) ', qryType: 1 }, 'a'],
    ['query_result(topk(5, a))', 'topk(5, a)'],
    ['metrics(a_)', '{__name__=~".*(a_).*"}'],
    ['a{b="c"}', 'a{b="c"}'],
  ])('%j reads %j', (query, expression) => {
    expect(variableExpression(variable('query', { query }))).toBe(expression);
  });

  it('stands in the definition where it is not a text', () => {
    const definition = 'label_values(a, b)';
    expect(variableExpression(variable('query', { query: { refId: 'x' }, definition }))).toBe('a');
  });
});
