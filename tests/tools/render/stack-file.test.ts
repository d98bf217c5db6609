import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStackFile, stackConfig, stackFilesIn } from '../../../tools/render/stack-file';
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
    expect(readStackFile(file('Pulumi.empty.yaml', '')).stack).toBe('empty');
  });

  it.each([
    ['with another name', 'stack.yaml', 'a: b', /stack\.yaml: a stack file is named Pulumi\.STACK\.yaml$/],
    ['that is no YAML', 'Pulumi.bad.yaml', 'a: [', /Pulumi\.bad\.yaml: Flow sequence/],
  ])('%s is refused', (_, name, text, message) => {
    const path = file(name, text);
    expect(() => readStackFile(path)).toThrow(message);
  });

  it('that does not exist is refused', () => {
    expect(() => readStackFile(join(folder, 'Pulumi.none.yaml'))).toThrow(
      /Pulumi\.none\.yaml: no such file. Name a Pulumi.STACK.yaml.$/,
    );
  });

  it('is found beside others, and Pulumi.yaml is none', () => {
    file('Pulumi.yaml', 'name: monitoring');
    expect(stackFilesIn(folder).map((path) => path.replace(`${folder}/`, ''))).toEqual([
      'Pulumi.bad.yaml',
      'Pulumi.cluster-09.yaml',
      'Pulumi.empty.yaml',
    ]);
  });
});
