import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputsIn } from '../../../tools/doctor/collect/outputs';
import { configOf, readStack } from '../../../tools/doctor/stack';
import { centralConfig, edgeConfig } from '../../support/stack-configs';
import { temporaryFolder } from '../../support/temporary-folder';
import { centralOutputs as central, edgeOutputs as edge, login } from './outputs';

const folder = temporaryFolder('doctor-stack');

/** The path of a file with this content. */
function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const outputs = (content: unknown) => outputsIn(file('outputs.json', content));
describe('the outputs of a stack', () => {
  it('are those that it promises, with what a central stack lets people in by', async () => {
    const given = { ...central, queryCredentials: login, grafanaCredentials: login, other: 1 };
    expect(await readStack('cluster-01', centralConfig(), outputs(given))).toMatchObject({
      role: 'central',
      outputs: central,
      queryLogin: { value: login },
      grafanaLogin: { value: login },
    });
    expect(await readStack('cluster-02', edgeConfig(), outputs(edge))).toMatchObject({
      role: 'edge',
      outputs: edge,
    });
  });

  it('may lack the secrets: then what needs them is unknown', async () => {
    // What pulumi writes without --show-secrets.
    const stack = await readStack(
      'cluster-01',
      centralConfig(),
      outputs({ ...central, queryCredentials: '[secret]' }),
    );
    const fix = 'Write the file with pulumi stack output --json --show-secrets, or leave --outputs out.';
    expect(stack).toMatchObject({
      queryLogin: { why: 'output queryCredentials: it is not in the file', fix },
      grafanaLogin: { why: 'output grafanaCredentials: it is not in the file', fix },
    });
  });

  it.each<[string, object, string]>([
    [
      'nothing, when it is not deployed',
      {},
      'Stack cluster-02 has no outputs, so it is not deployed. Run pulumi up on it.',
    ],
    [
      'those of another edge',
      { ...edge, cluster: 'cluster-03' },
      'The outputs are those of the edge stack of cluster-03, the stack file is that of the edge stack of cluster-02. ' +
        'Name a stack and its own file (--stack, --config, --outputs).',
    ],
    [
      'those of the other role',
      central,
      'The outputs are those of the central stack of cluster-01, the stack file is that of the edge stack of cluster-02. ' +
        'Name a stack and its own file (--stack, --config, --outputs).',
    ],
    [
      'those of another release',
      { ...edge, contractVersion: 2, tenant: undefined },
      'Outputs of stack cluster-02 are of another release: contractVersion (Invalid input: expected 1); ' +
        'tenant (Invalid input: expected string, received undefined). Look with the release that deployed it, or run pulumi up.',
    ],
  ])('are refused if they are %s', async (_, content, message) => {
    await expect(readStack('cluster-02', edgeConfig(), outputs(content))).rejects.toThrow(message);
  });

  it.each(['', '[1]', 'outputs:'])('are not what the file %j has', async (content) => {
    const path = file('outputs.json', content);
    await expect(async () => outputsIn(path).plain()).rejects.toThrow(
      `--outputs ${path}: no outputs. Needed is what pulumi stack output --json prints.`,
    );
  });
});

describe('a stack file', () => {
  it('that is refused says why, and so does one that is missing', () => {
    expect(() => configOf(file('Pulumi.a.yaml', 'config:\n  monitoring:role: edge\n'))).toThrow(
      'The configuration of stack a has',
    );
    expect(() => configOf(join(folder, 'Pulumi.b.yaml'))).toThrow('no such file. Name a Pulumi.STACK.yaml.');
  });
});
