import { grouped } from '../../../tools/render/grouped';
import type { RegisteredResource } from '../../../tools/render/registered';

const resource = (name: string, parent?: string): RegisteredResource => ({
  type: name.startsWith('group') ? 'monitoring:test:Group' : 'test:index:Thing',
  name,
  urn: `urn:pulumi:test::monitoring::x::${name}`,
  parent,
  custom: !name.startsWith('group'),
  provider: '',
  inputs: {},
  secretPaths: [],
  options: {},
  dependencies: [],
});

const group = (name: string) => `monitoring:test:Group ${name}`;
const thing = (name: string) => `test:index:Thing ${name}`;

const resources = [
  resource('group-outer'),
  resource('a', group('group-outer')),
  resource('group-inner', group('group-outer')),
  resource('b', group('group-inner')),
  resource('c', group('group-inner')),
  resource('group-empty'),
  resource('d'),
];

describe('what a resource depends on', () => {
  it.each<[string, string[], string[]]>([
    ['a component, when all of it is meant', ['b', 'c'], [group('group-inner')]],
    ['the outer component alone, when that is meant too', ['a', 'b', 'c'], [group('group-outer')]],
    ['the resources, when a part is meant', ['a', 'b'], [thing('a'), thing('b')]],
    ['a component and what is beside it', ['b', 'c', 'd'], [group('group-inner'), thing('d')]],
  ])('is shown as %s', (_, names, shown) => {
    expect(grouped(resources)({ protect: true, dependsOn: names.map(thing) })).toEqual({
      protect: true,
      dependsOn: shown,
    });
  });

  it('is not shown where there is nothing', () => {
    expect(grouped(resources)({ protect: true })).toEqual({ protect: true });
  });
});
