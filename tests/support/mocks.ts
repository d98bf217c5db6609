import { pathText } from '../../tools/render/secret-values';
import type { Deployment, RegisteredResource } from '../../tools/render/registered';
import { run, type Run } from '../../tools/render/run';

/** What a component under test registered, to be asked by type and name. */
export class Registered {
  constructor(readonly deployment: Deployment) {}

  get resources(): readonly RegisteredResource[] {
    return this.deployment.resources;
  }

  /** `TYPE NAME` of every resource but the components and providers, sorted. */
  get names(): string[] {
    return this.resources
      .filter(({ custom, type }) => custom && !type.startsWith('pulumi:providers:'))
      .map(({ type, name }) => `${type} ${name}`)
      .sort();
  }

  all(type: string): RegisteredResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** @throws Error unless exactly one resource has the type (and name) */
  one(type: string, name?: string): RegisteredResource {
    const found = this.all(type).filter((resource) => name === undefined || resource.name === name);
    const [only] = found;
    if (found.length !== 1 || !only) {
      throw new Error(`${found.length} of ${type} ${name ?? ''}; registered:\n${this.names.join('\n')}`);
    }
    return only;
  }

  /** The inputs of a resource; the test knows their type. */
  inputs(type: string, name?: string): unknown {
    return this.one(type, name).inputs;
  }

  /** The encrypted leaves of a resource, such as `stringData["objstore.yml"]`. */
  secrets(type: string, name?: string): string[] {
    return this.one(type, name).secretPaths.map(pathText);
  }
}

/**
 * Runs a piece of a program, such as the construction of one component, and collects what it registers.
 *
 * @example
 * const registered = await register(() => new Query('thanos-query', args));
 * expect(registered.inputs('kubernetes:apps/v1:Deployment')).toMatchObject({ spec: { replicas: 2 } });
 */
export async function register(program: () => unknown, options: Partial<Run> = {}): Promise<Registered> {
  const deployment = await run({
    project: 'monitoring',
    stack: 'test',
    ...options,
    program: async () => {
      await program();
      return {};
    },
  });
  return new Registered(deployment);
}
