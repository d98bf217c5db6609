import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { centralSchema } from '../../config/central';
import type { ClusterArguments } from './arguments';
import { Bucket } from './bucket';
import { allOf } from '../../tools/command-line';
import { Cluster, type KubernetesObject } from '../../tools/kubernetes/cluster';
import { readStackFiles } from '../../tools/render/stack-file';
import { repository } from '../sandbox/paths';
import { outputs, Platform } from './platform';
import { providePlugins } from './plugins';
import { PulumiProject } from './pulumi';
import { merged, type StackConfig } from './stack-config';
import { centralOverrides, edgeOverrides } from './stack-overrides';

/** The committed stacks that are deployed, the central one first. */
export const stacks = ['cluster-01', 'cluster-02'] as const;
const [centralStack, edgeStack] = stacks;

/** Two clusters, the stacks of this repository for them, and where their state is kept between runs. */
export class Deployment {
  private constructor(
    private readonly args: ClusterArguments,
    readonly central: Cluster,
    readonly edge: Cluster,
    readonly pulumi: PulumiProject,
    readonly bucket: Bucket,
    /** Provider plugins that are used, as a text for people. */
    readonly plugins: string,
  ) {}

  /**
   * Finds both clusters and the state of an earlier run on them.
   *
   * @throws UserError with what is wrong with either kubeconfig and the stack files; Error when a cluster
   *   does not answer
   */
  static async of(args: ClusterArguments): Promise<Deployment> {
    const [central, edge] = allOf([
      () => new Cluster(args.central),
      () => new Cluster(args.edge),
      () => readStackFiles(stacks.map((stack) => join(repository, `Pulumi.${stack}.yaml`))),
    ]);
    // A cluster that was made anew has none of what an earlier state says, even under the same address.
    const ids = await Promise.all([central, edge].map(identity));
    const pair = createHash('sha256').update(ids.join()).digest('hex').slice(0, 8);
    const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
    const folder = join(cache, 'monitoring-e2e', pair);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const links = join(folder, 'plugins');
    const plugins = await providePlugins(links);
    // The same for the bucket: blocks of other clusters would be among the answers.
    const bucket = new Bucket(`e2e-${pair}`, args.objectStore);
    return new Deployment(args, central, edge, new PulumiProject(folder, links), bucket, plugins);
  }

  /** @param changes on top of what every test changes in the committed stack file */
  async upCentral(changes: StackConfig = {}, ...flags: string[]): Promise<string> {
    await this.configureCentral(changes);
    return this.pulumi.up(centralStack, ...flags);
  }

  /**
   * Summary of what an `up` with these changes would do.
   *
   * @throws Failure with pulumi's output where the stack refuses them
   */
  async previewCentral(changes: StackConfig): Promise<string> {
    await this.configureCentral(changes);
    return this.pulumi.preview(centralStack);
  }

  private async configureCentral(changes: StackConfig): Promise<void> {
    const { endpoint, insecure, user, password } = this.args.objectStore;
    const { storageClass, domain, ingressClass } = this.args;
    const objectStore = { endpoint, insecure, bucket: this.bucket.name };
    await this.pulumi.configure(
      centralStack,
      (committed) =>
        merged(
          centralOverrides(committed, {
            cluster: this.central.access,
            storageClass,
            domain,
            ingressClass,
            objectStore,
          }),
          changes,
        ) as StackConfig,
      { 'monitoring:objectStoreUser': user, 'monitoring:objectStorePassword': password },
    );
  }

  /** @param changes on top of what every test changes in the committed stack file */
  async upEdge(changes: StackConfig = {}): Promise<string> {
    await this.configureEdge(changes);
    return this.pulumi.up(edgeStack);
  }

  /** @see previewCentral */
  async previewEdge(changes: StackConfig): Promise<string> {
    await this.configureEdge(changes);
    return this.pulumi.preview(edgeStack);
  }

  private async configureEdge(changes: StackConfig): Promise<void> {
    const { storageClass } = this.args;
    const to = { cluster: this.edge.access, storageClass };
    await this.pulumi.configure(
      edgeStack,
      (committed) => merged(edgeOverrides(committed, to), changes) as StackConfig,
      {},
    );
  }

  /** Both deployed stacks, as the checks look at them. */
  async platform(): Promise<Platform> {
    const found = outputs.parse(await this.pulumi.outputs(centralStack));
    const { cluster } = centralSchema.parse(this.pulumi.config(centralStack));
    return new Platform(this.central, this.edge, cluster.label, edgeStack, found, this.bucket);
  }

  /** Destroys both stacks, the edge first, with everything that outlives a destroy on purpose. */
  async down(): Promise<string> {
    const destroyed: string[] = [];
    for (const stack of stacks.toReversed()) {
      if (await this.pulumi.exists(stack)) destroyed.push(`${stack}: ${await this.pulumi.destroy(stack)}`);
    }
    await this.bucket.remove();
    return destroyed.join('; ') || 'nothing was deployed';
  }
}

/** Identity of a cluster, which no two share. */
const identity = async (cluster: Cluster): Promise<string> =>
  (await cluster.get<KubernetesObject>('namespace', 'kube-system')).metadata.uid;
