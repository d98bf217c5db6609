import * as pulumi from '@pulumi/pulumi';
import * as k8s from '../foundation/kubernetes';
import type { ChartSource } from './chart-source';

const releaseName = 'prometheus-operator-crds';

/**
 * The custom resource definitions of the Prometheus operator, in a release of their own: Helm never upgrades
 * those that a chart carries in its `crds` folder, and deleting a definition deletes every object of its
 * kind.
 *
 * Helm keeps them when the release goes (`helm.sh/resource-policy: keep`), with the marks of this release: a
 * later release of the same name and namespace adopts them. To remove them for good: `kubectl delete crd` by
 * name.
 */
export class OperatorCrds extends pulumi.ComponentResource {
  constructor(
    name: string,
    args: { namespace: string; chart: ChartSource },
    opts: pulumi.ComponentResourceOptions,
  ) {
    super('monitoring:prometheus-stack:OperatorCrds', name, {}, opts);
    new k8s.Release(
      releaseName,
      {
        ...args.chart,
        name: releaseName,
        namespace: args.namespace,
        values: { crds: { annotations: { 'helm.sh/resource-policy': 'keep' } } },
        // Each revision is a Secret of 600 kB in the cluster's etcd.
        maxHistory: 2,
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
