import {
  type ResourceKind,
  unknownValue,
  diff,
  hasUnknown,
  knownOnly,
  previewOfCreate,
  undeclared,
  withDefaults,
} from '../../../../proof/sandbox/plugins/resource-kind';

interface Inputs {
  readonly name: string;
  readonly size: number;
  readonly secret?: string;
  readonly text?: string;
}

const kind: ResourceKind<Inputs, { readonly made: string }> = {
  inputs: {
    name: { onChange: 'replace' },
    size: { onChange: 'update', default: 1 },
    secret: { onChange: 'update', keepWhenAbsent: true },
    text: { onChange: 'update', same: (old, now) => String(old).trim() === String(now).trim() },
  },
  computed: ['made'],
  outdated: (state) => (state.made === 'yesterday' ? ['made'] : []),
  create: (inputs) => Promise.resolve({ id: inputs.name, outputs: { ...inputs, made: 'today' } }),
};

describe('a resource kind', () => {
  const state = { name: 'a', size: 1, secret: 's', made: 'today' };

  it('fills in defaults, leaves out null and what it does not declare', () => {
    expect(withDefaults(kind, { name: 'a', text: null, other: true })).toEqual({ name: 'a', size: 1 });
  });

  it('has no diff when an absent input is the default that the state holds', () => {
    expect(diff(kind, state, { name: 'a' })).toEqual({ changed: [], replaced: [] });
  });

  it.each([
    ['an input that may change in place', { name: 'a', size: 2 }, { changed: ['size'], replaced: [] }],
    ['an input that may not', { name: 'b' }, { changed: ['name'], replaced: ['name'] }],
    ['an input that is not known yet', { name: unknownValue }, { changed: ['name'], replaced: ['name'] }],
  ])('tells a changed value of %s', (_what, news, expected) => {
    expect(diff(kind, state, news)).toEqual(expected);
  });

  it('compares by meaning where the input says how', () => {
    expect(diff(kind, { ...state, text: 'x' }, { name: 'a', text: ' x ' }).changed).toEqual([]);
    expect(diff(kind, { ...state, text: 'x' }, { name: 'a', text: unknownValue }).changed).toEqual(['text']);
  });

  it('is replaced when an output has become outdated', () => {
    const expected = { changed: ['made'], replaced: ['made'] };
    expect(diff(kind, { ...state, made: 'yesterday' }, { name: 'a' })).toEqual(expected);
  });

  it('previews inputs as they are and outputs as unknown', () => {
    expect(previewOfCreate(kind, { name: 'a' })).toEqual({ name: 'a', size: 1, made: unknownValue });
  });

  it('names the inputs that it would not act on', () => {
    expect(undeclared(kind, { name: 'a', colour: 'red', shade: null })).toEqual([
      { property: 'colour', text: "the sandbox's plugin does not act on colour; install the real one" },
    ]);
  });

  it('finds unknown values at any depth and checks only what is known', () => {
    expect(hasUnknown({ list: [{ deep: unknownValue }] })).toBe(true);
    expect(hasUnknown({ list: [null, 1] })).toBe(false);
    expect(knownOnly({ name: 'a', text: unknownValue })).toEqual({ name: 'a' });
  });
});
