import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import * as tls from '@pulumi/tls';
import { pathText } from '../../../tools/render/secret-values';
import type { Deployment } from '../../../tools/render/registered';
import { run, type Run } from '../../../tools/render/run';
import { register } from '../../support/mocks';

const deploy = (program: Run['program'], options: Partial<Run> = {}): Promise<Deployment> =>
  run({ project: 'monitoring', stack: 'test', program, ...options });

const secretsOf = ({ outputs }: Deployment) => outputs.secretPaths.map(pathText).sort();

describe('a run', () => {
  it('gives the program its configuration and returns its outputs, secrets marked leaf by leaf', async () => {
    const deployment = await deploy(
      () => {
        const config = new pulumi.Config('monitoring');
        const password = config.requireSecret('password');
        return { plain: config.require('plain'), nested: { password, user: 'a' } };
      },
      {
        values: { 'monitoring:plain': 'p', 'monitoring:password': 'hunter22' },
        secretKeys: ['monitoring:password'],
      },
    );
    expect(deployment.outputs.value).toEqual({ plain: 'p', nested: { password: 'hunter22', user: 'a' } });
    expect(secretsOf(deployment)).toEqual(['nested.password']);
    expect([...deployment.secrets]).toEqual(['hunter22']);
    expect([...deployment.origins]).toEqual([['hunter22', 'monitoring:password']]);
  });

  it('records inputs, parent, provider and options, but no dependency that an input says already', async () => {
    const registered = await register(() => {
      const provider = new k8s.Provider('cluster', { context: 'cluster' });
      const parent = new pulumi.ComponentResource('monitoring:test:Group', 'group', {}, { provider });
      const first = new k8s.core.v1.Namespace(
        'first',
        { metadata: { name: 'first' } },
        { parent, protect: true },
      );
      const namespace = first.metadata.name;
      const second = new k8s.core.v1.ConfigMap(
        'second',
        { metadata: { namespace } },
        { parent, dependsOn: first },
      );
      new k8s.core.v1.ConfigMap(
        'third',
        {},
        { parent, dependsOn: second, retainOnDelete: true, customTimeouts: { create: '1m', delete: '2m' } },
      );
    });
    expect(registered.one('kubernetes:core/v1:Namespace')).toMatchObject({
      name: 'first',
      parent: 'monitoring:test:Group group',
      provider:
        'urn:pulumi:test::monitoring::pulumi:pulumi:Stack$pulumi:providers:kubernetes::cluster::cluster-id',
      inputs: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'first' } },
      options: { protect: true },
    });
    expect(registered.one('kubernetes:core/v1:ConfigMap', 'second').options).toEqual({});
    expect(registered.one('kubernetes:core/v1:ConfigMap', 'third').options).toEqual({
      dependsOn: ['kubernetes:core/v1:ConfigMap second'],
      retainOnDelete: true,
      timeouts: { create: '1m', delete: '2m' },
    });
    // What an input says is a dependency all the same.
    expect(registered.one('kubernetes:core/v1:ConfigMap', 'second').dependencies).toEqual([
      'kubernetes:core/v1:Namespace first',
    ]);
    expect(registered.names).toEqual([
      'kubernetes:core/v1:ConfigMap second',
      'kubernetes:core/v1:ConfigMap third',
      'kubernetes:core/v1:Namespace first',
    ]);
  });

  it('keeps what a provider generates secret on its way into other resources, as the engine does', async () => {
    const registered = await register(() => {
      const { result } = new random.RandomPassword('password', { length: 20 });
      new k8s.core.v1.ConfigMap('leak', {
        data: { open: 'a', file: pulumi.interpolate`password: ${result}` },
      });
    });
    expect(registered.secrets('kubernetes:core/v1:ConfigMap')).toEqual(['data.file']);
    const { data } = registered.inputs('kubernetes:core/v1:ConfigMap') as { data: { file: string } };
    expect(registered.deployment.secrets).toContain(data.file.replace('password: ', ''));
  });

  it('knows what each generated secret and PEM is, whoever has it of its inputs', async () => {
    const { deployment } = await register(() => {
      const { privateKeyPem } = new tls.PrivateKey('key', { algorithm: 'ECDSA' });
      new tls.CertRequest('request', { privateKeyPem, subject: { commonName: 'a' } });
    });
    expect([...deployment.origins.values()].sort()).toEqual([
      'certRequestPem of request',
      'privateKeyPem of key',
      'privateKeyPemPkcs8 of key',
      'publicKeyPem of key',
    ]);
  });

  it('generates the same at every run, and something else for another name', async () => {
    const passwords = async (name: string) => {
      const { outputs } = await deploy(() => ({
        text: new random.RandomPassword(name, { length: 20 }).result,
      }));
      return (outputs.value as { text: string }).text;
    };
    expect(await passwords('a')).toHaveLength(20);
    expect(await passwords('a')).toBe(await passwords('a'));
    expect(await passwords('a')).not.toBe(await passwords('b'));
  });

  it("hands a stack's outputs to another one, secret where any part of them is", async () => {
    const central = await deploy(
      () => ({ url: 'https://x', login: { user: 'a', password: pulumi.secret('hunter22') } }),
      {
        values: { 'monitoring:password': 'hunter22' },
        secretKeys: ['monitoring:password'],
      },
    );
    const edge = await deploy(
      async () => {
        const reference = new pulumi.StackReference('central', { name: 'organization/monitoring/central' });
        const login = await reference.getOutputDetails('login');
        return {
          url: reference.getOutput('url'),
          login: reference.getOutput('login'),
          found: login.secretValue !== undefined,
        };
      },
      { references: new Map([['organization/monitoring/central', central]]) },
    );
    expect(edge.outputs.value).toEqual({
      url: 'https://x',
      login: { user: 'a', password: 'hunter22' },
      found: true,
    });
    expect(secretsOf(edge)).toEqual(['login.password', 'login.user']);
    expect([...edge.secrets]).toEqual(['hunter22']);
  });

  it('shows a stack that is not deployed as one without outputs', async () => {
    const { outputs } = await deploy(async () => {
      const reference = new pulumi.StackReference('central', { name: 'organization/monitoring/none' });
      return { details: await reference.getOutputDetails('url') };
    });
    expect(outputs.value).toEqual({ details: {} });
  });

  it('keeps nothing for the next run', async () => {
    const program = () => {
      new k8s.core.v1.Namespace('a', {});
    };
    await deploy(program, { values: { 'monitoring:x': 'y' } });
    const { resources, outputs } = await deploy(() => ({
      x: new pulumi.Config('monitoring').get('x') ?? 'unset',
    }));
    expect(resources).toEqual([]);
    expect(outputs.value).toEqual({ x: 'unset' });
  });

  it('fails with what the program throws', async () => {
    const program = () => {
      throw new pulumi.RunError('the edge is not in the list');
    };
    await expect(deploy(program)).rejects.toThrow('the edge is not in the list');
  });

  it('fails for a provider function, since it knows no answer', async () => {
    const call = () => pulumi.runtime.invoke('aws:index/getRegion:getRegion', {});
    await expect(deploy(call)).rejects.toThrow('the program calls aws:index/getRegion:getRegion');
  });

  it('fails with what is thrown in an apply, long after the program has returned', () => {
    // In a process of its own: jest takes what nobody catches before the run can.
    const script = join(__dirname, 'failing-apply.ts');
    const { stdout, status } = spawnSync(process.execPath, ['--import', 'tsx', script], { encoding: 'utf8' });
    expect({ stdout, status }).toEqual({ stdout: 'rejected: thrown in an apply\n', status: 0 });
  }, 30_000);
});

describe('asking for a resource that is not there', () => {
  it('lists those that are', async () => {
    const registered = await register(() => new k8s.core.v1.Namespace('a', {}));
    expect(() => registered.one('kubernetes:core/v1:Secret', 'b')).toThrow(
      '0 of kubernetes:core/v1:Secret b; registered:\nkubernetes:core/v1:Namespace a',
    );
  });
});
