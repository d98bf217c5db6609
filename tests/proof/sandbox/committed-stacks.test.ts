import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { committedStacks, requireCommitted } from '../../../proof/sandbox/committed-stacks';
import { temporaryFolder } from '../../support/temporary-folder';

const folder = temporaryFolder('committed');
const stackFile = (stack: string, role: string, more = '') => {
  writeFileSync(join(folder, `Pulumi.${stack}.yaml`), `config:\n  monitoring:role: ${role}\n${more}`);
};

beforeEach(() => {
  writeFileSync(join(folder, 'Pulumi.yaml'), 'name: monitoring\n');
  stackFile('a', 'central', '  monitoring:edges: [{ name: b }, { name: d }]\n');
  stackFile('c', 'edge');
  stackFile('b', 'edge');
});

describe('the committed stacks', () => {
  it('are read from the stack files, with their roles', () => {
    expect(committedStacks(folder)).toEqual({ central: 'a', edges: ['b', 'c'], listed: ['b', 'd'] });
  });

  it('of this repository have a central one and edges', () => {
    const { central, edges, listed } = committedStacks();
    expect(central).not.toBe('');
    expect(edges).toEqual(expect.arrayContaining(listed.slice(0, 1)));
  });

  it('may have keys without a namespace, as Pulumi has it', () => {
    writeFileSync(join(folder, 'Pulumi.a.yaml'), 'config: { role: central, edges: [{ name: b }] }\n');
    expect(committedStacks(folder)).toMatchObject({ central: 'a', listed: ['b'] });
  });

  it('are refused where one is no stack file, all at once', () => {
    writeFileSync(join(folder, 'Pulumi.b.yaml'), '');
    writeFileSync(join(folder, 'Pulumi.c.yaml'), 'monitoring:role: edge\n');
    expect(() => committedStacks(folder)).toThrow(
      /Pulumi\.b\.yaml:1:1: found nothing[^]*Pulumi\.c\.yaml:1:1: found monitoring:role: at the top/,
    );
  });

  it('must have one central stack', () => {
    stackFile('e', 'central');
    expect(() => committedStacks(folder)).toThrow(
      `${folder}: stack files with monitoring:role: central: Pulumi.a.yaml, Pulumi.e.yaml; the sandbox needs exactly one.`,
    );
    rmSync(join(folder, 'Pulumi.e.yaml'));
    stackFile('a', 'edge');
    expect(() => committedStacks(folder)).toThrow('central: none; the sandbox needs exactly one.');
  });
});

describe('a stack that is asked for', () => {
  const committed = { central: 'a', edges: ['b', 'c'], listed: ['b', 'd'] };

  it.each(['a', 'b', 'c'])('may be %s, which is committed', (stack) => {
    expect(() => {
      requireCommitted(stack, committed);
    }).not.toThrow();
  });

  it('and is listed by the centre without a stack file is told how to get one', () => {
    expect(() => {
      requireCommitted('d', committed);
    }).toThrow(
      'd stands in monitoring:edges of Pulumi.a.yaml but has no stack file. ' +
        'Copy Pulumi.b.yaml to Pulumi.d.yaml and set its monitoring:cluster.',
    );
  });

  it('and is nowhere is told the committed ones', () => {
    expect(() => {
      requireCommitted('z', committed);
    }).toThrow('there is no Pulumi.z.yaml; the committed stacks are a, b, c.');
  });
});
