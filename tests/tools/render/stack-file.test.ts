import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  readStackFile,
  readStackFiles,
  stackConfig,
  stackFilesIn,
  stackFilesOf,
} from '../../../tools/render/stack-file';
import { configIn, StackFileError } from '../../../tools/render/stack-file-content';
import { temporaryFolder } from '../../support/temporary-folder';

const folder = temporaryFolder('stack-files');
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

describe('the configuration of a stack file', () => {
  it('is what the engine makes of it: texts, JSON for structures, the project before keys without a namespace', () => {
    const { values } = stackConfig('a', {
      role: 'edge',
      'monitoring:n': 5,
      'other:flag': true,
      'monitoring:list': ['x'],
    });
    expect(values).toMatchObject({
      'monitoring:role': 'edge',
      'monitoring:n': '5',
      'other:flag': 'true',
      'monitoring:list': '["x"]',
    });
  });

  it('has a placeholder for each secret of the program, as if it were set', () => {
    const { values, secretKeys } = stackConfig('a', {});
    expect(values).toEqual({
      'monitoring:objectStoreUser': 'placeholder of objectStoreUser',
      'monitoring:objectStorePassword': 'placeholder of objectStorePassword',
    });
    expect(secretKeys).toEqual(['monitoring:objectStoreUser', 'monitoring:objectStorePassword']);
  });

  it('has a placeholder for whatever is encrypted, also inside a structure', () => {
    const { values, secretKeys } = stackConfig('a', {
      x: { secure: 'v1:abc' },
      'monitoring:y': { z: [{ secure: 'v1:def' }] },
    });
    expect(JSON.stringify(values)).not.toContain('v1:');
    expect(secretKeys).toEqual(expect.arrayContaining(['monitoring:x', 'monitoring:y']));
  });

  it('leaves a secret in plain text as it is, for the program to refuse', () => {
    const { values, secretKeys } = stackConfig('a', { objectStorePassword: 'open' });
    expect(values['monitoring:objectStorePassword']).toBe('open');
    expect(secretKeys).not.toContain('monitoring:objectStorePassword');
  });
});

describe('a stack file', () => {
  it('gives the stack its name', () => {
    expect(
      readStackFile(file('Pulumi.cluster-09.yaml', 'config: { monitoring:role: edge }\n')),
    ).toMatchObject({
      stack: 'cluster-09',
      values: { 'monitoring:role': 'edge' },
    });
  });

  it('takes a key without a namespace as one of the project', () => {
    expect(
      configIn(file('Pulumi.cluster-09.yaml', 'config: { role: edge, pulumi:tags: { a: b } }\n')),
    ).toEqual({
      'monitoring:role': 'edge',
      'pulumi:tags': { a: 'b' },
    });
  });

  it('may have what else Pulumi writes into it', () => {
    const text = [
      'secretsprovider: passphrase',
      'encryptedkey: a',
      'encryptionsalt: v1:abc',
      'environment: [e]',
      'config: { monitoring:role: edge }',
    ].join('\n');
    expect(configIn(file('Pulumi.cluster-09.yaml', text))).toEqual({ 'monitoring:role': 'edge' });
  });

  it('with another name is refused', () => {
    const path = file('stack.yaml', 'config: { role: edge }');
    expect(() => readStackFile(path)).toThrow(
      /stack\.yaml: a stack file is named Pulumi\.STACK\.yaml, STACK of letters, digits, _, \. and -, at most 100$/,
    );
  });

  const top =
    'at the top, where Pulumi reads only config, environment, secretsprovider, encryptedkey, encryptionsalt';

  it.each([
    ['that is empty', '', ['1:1: found nothing']],
    ['that holds a comment alone', '# later\n', ['1:1: found nothing']],
    ['that is a list', '\n- config\n', ['2:1: found a list']],
    ['that is a text', 'monitoring\n', ['1:1: found a single value']],
    ['without `config:`', 'encryptionsalt: v1:abc\n', ['1:1: no `config:`']],
    ['whose `config:` is empty', 'config:\n', ['1:8: found nothing as `config:`']],
    ['whose `config:` is a list', 'config:\n  - role: edge\n', ['2:3: found a list as `config:`']],
    [
      'whose keys stand beside `config:` instead of below it',
      'config:\nmonitoring:role: edge\nmonitoring:outage: 6h\n',
      [
        `2:1: found monitoring:role: ${top}`,
        `3:1: found monitoring:outage: ${top}`,
        '1:8: found nothing as `config:`',
      ],
    ],
    [
      'that is no YAML in two places',
      'config:\n  a: b\n  a: c\n  d: [\n',
      [
        '3:3: no YAML: Map keys must be unique',
        '5:1: no YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
      ],
    ],
  ])('%s is refused, with file, line, column and what is needed', (_, text, found) => {
    const path = file('Pulumi.bad.yaml', text);
    const needed =
      'Needed is a mapping with `config:` and, below it, the keys of docs/config.md. ' +
      'Compare it with a committed one, such as Pulumi.cluster-01.yaml.';
    const message = [...found.map((line) => `${path}:${line}`), needed].join('\n');
    expect(() => readStackFile(path)).toThrow(new StackFileError(message));
  });

  it.each([
    [
      'whose lines end with CR alone',
      'config:\r  role: edge\r',
      ': lines that end with CR alone. Save it with LF or CRLF as line ends.',
    ],
    [
      'with a thousand levels, once',
      `config:\n  a: ${'['.repeat(3000)}${']'.repeat(3000)}\n`,
      /^[^\n]*:2:\d+: found lists or mappings within each other hundreds of times\nNeeded/,
    ],
  ])('%s is refused', (_, text, message) => {
    expect(() => readStackFile(file('Pulumi.bad.yaml', text))).toThrow(message);
  });

  it('is refused together with all others that are wrong', () => {
    const paths = [file('Pulumi.a.yaml', ''), join(folder, 'Pulumi.none.yaml'), file('Pulumi.b.yaml', '- a')];
    expect(() => readStackFiles(paths)).toThrow(
      /Pulumi\.a\.yaml:1:1: found nothing[^]*Pulumi\.none\.yaml: no such file[^]*Pulumi\.b\.yaml:1:1: found a list/,
    );
    for (const name of ['a', 'b', 'bad']) rmSync(join(folder, `Pulumi.${name}.yaml`));
  });

  it('is read once when it is named twice, and two of one stack are refused', () => {
    const one = file('Pulumi.a.yaml', 'config: { role: edge }');
    const other = join(folder, 'other', 'Pulumi.a.yaml');
    mkdirSync(join(folder, 'other'));
    writeFileSync(other, 'config: { role: central }');
    expect(readStackFiles([one, join(folder, '.', 'Pulumi.a.yaml')]).map(({ path }) => path)).toEqual([one]);
    expect(() => readStackFiles([one, other])).toThrow(
      new StackFileError(
        `${other}: the stack a, as ${one} is. Name one of the two, or render them one by one.`,
      ),
    );
    rmSync(one);
  });

  it('that is a folder is refused', () => {
    mkdirSync(join(folder, 'Pulumi.folder.yaml'));
    expect(() => readStackFile(join(folder, 'Pulumi.folder.yaml'))).toThrow(
      /Pulumi\.folder\.yaml: a folder\. Name a file that can be read\.$/,
    );
    rmSync(join(folder, 'Pulumi.folder.yaml'), { recursive: true });
  });

  it('that does not exist is refused', () => {
    expect(() => readStackFile(join(folder, 'Pulumi.none.yaml'))).toThrow(
      /Pulumi\.none\.yaml: no such file. Name a Pulumi.STACK.yaml.$/,
    );
  });

  it('is found beside others, and Pulumi.yaml is none', () => {
    file('Pulumi.yaml', 'name: monitoring');
    expect(stackFilesIn(folder).map((path) => path.replace(`${folder}/`, ''))).toEqual([
      'Pulumi.cluster-09.yaml',
    ]);
  });

  it.each([`my stack`, 'a|b', 'ü', 'a\nb', 'x'.repeat(101), ''])(
    'is not left out where its name is none of a stack: %j',
    (name) => {
      const path = file(`Pulumi.${name}.yaml`, 'config: {}');
      try {
        expect(() => stackFilesIn(folder)).toThrow(
          `${path}: a stack file is named Pulumi.STACK.yaml, STACK of letters, digits, _, . and -, at most 100. Rename it.`,
        );
        expect(stackFilesOf(folder)).toEqual([join(folder, 'Pulumi.cluster-09.yaml')]);
      } finally {
        rmSync(path);
      }
    },
  );

  it('is no folder, and no link that leads nowhere', () => {
    const paths = ['Pulumi.dir.yaml', 'Pulumi.link.yaml'].map((name) => join(folder, name));
    const [directory = '', link = ''] = paths;
    mkdirSync(directory);
    symlinkSync('nowhere', link);
    try {
      expect(() => stackFilesIn(folder)).toThrow(
        `${directory}: no file. Rename it, or remove it.\n${link}: no file. Rename it, or remove it.`,
      );
      expect(stackFilesOf(folder)).toEqual([join(folder, 'Pulumi.cluster-09.yaml')]);
    } finally {
      for (const path of paths) rmSync(path, { recursive: true });
    }
  });
});
