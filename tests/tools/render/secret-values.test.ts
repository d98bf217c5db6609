import { asSecret, leaves, masking, pathText, fromWire } from '../../../tools/render/secret-values';

const wire = {
  plain: 'a',
  data: asSecret({ key: 'hunter22', list: ['x', 1, null] }),
  config: asSecret('user: a\npassword: hunter22\n'),
  hash: asSecret('5d41402a'),
};

describe('a value of the wire format', () => {
  it('is read with the path of every leaf below a secret', () => {
    const { value, secretPaths } = fromWire(wire);
    expect(value).toEqual({
      plain: 'a',
      data: { key: 'hunter22', list: ['x', 1, null] },
      config: 'user: a\npassword: hunter22\n',
      hash: '5d41402a',
    });
    expect(secretPaths.map(pathText)).toEqual([
      'data.key',
      'data.list.0',
      'data.list.1',
      'data.list.2',
      'config',
      'hash',
    ]);
  });

  it('is a secret once, however often it is marked', () => {
    expect(asSecret(asSecret('a'))).toEqual(asSecret('a'));
  });
});

describe('what a reader sees', () => {
  it('is which secret it is, and a text around a secret without it', () => {
    expect(masking(new Map([['hunter22', 'password of a']]))(fromWire(wire))).toEqual({
      plain: 'a',
      data: { key: '[secret: password of a]', list: ['[secret]', '[secret]', '[secret]'] },
      config: 'user: a\npassword: [secret: password of a]\n',
      // A secret text without a known secret in it is hidden whole.
      hash: '[secret]',
    });
  });

  it('never shows the rest of a secret that begins with another', () => {
    const value = fromWire({ config: asSecret('a: abcdefgh\n') });
    const origins = new Map([
      ['abcd', 'short'],
      ['abcdefgh', 'long'],
    ]);
    expect(masking(origins)(value)).toEqual({ config: 'a: [secret: long]\n' });
  });
});

describe('a path', () => {
  it('names the keys from the outside in, in quotes where they hold a dot', () => {
    expect(
      leaves({ stringData: { 'objstore.yml': 'x' }, list: [1] }).map(({ path }) => pathText(path)),
    ).toEqual(['stringData.["objstore.yml"]', 'list.0']);
  });
});
