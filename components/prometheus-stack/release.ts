import * as pulumi from '@pulumi/pulumi';
import * as k8s from '../foundation/kubernetes';
import { releaseName } from './addresses';
import type { ChartSource } from './chart-source';
import type { CentralValues, EdgeValues } from './values-types';

/**
 * Time for a first run, which pulls the images of ten containers and attaches volumes; Pulumi's default of 5
 * min is too short.
 */
const timeoutSeconds = 900;

export interface ReleaseArgs<Values> {
  namespace: string;
  chart: ChartSource;
  values: Values;
}

/**
 * The chart's release, with its hooks and Helm's own wait.
 *
 * Neither `atomic` nor `cleanupOnFail`: a failed install or upgrade stays as it is, so that its pods can be
 * looked at, and is recorded as failed; the next `up` upgrades it in place, which Helm allows from that
 * state, and so converges. With `atomic` each attempt would start from nothing, and on an upgrade the state
 * would hold inputs that were rolled back. Only a killed process leaves a state that needs hands
 * (`pending-install`: `helm uninstall`; `pending-upgrade`: `helm rollback`).
 */
const release = (
  args: ReleaseArgs<CentralValues | EdgeValues>,
  parent: pulumi.ComponentResource,
  { dependsOn }: pulumi.ComponentResourceOptions,
) =>
  new k8s.Release(
    releaseName,
    {
      ...args.chart,
      name: releaseName,
      namespace: args.namespace,
      values: { ...args.values },
      // In a release of their own (crds.ts).
      skipCrds: true,
      skipAwait: false,
      timeout: timeoutSeconds,
      // Each revision is a Secret of 400 kB in the cluster's etcd.
      maxHistory: 3,
    },
    { parent, ...(dependsOn ? { dependsOn } : {}) },
  );

/**
 * kube-prometheus-stack on the central cluster. The release returns when the operator, Grafana and the
 * exporters are ready; Prometheus and Alertmanager are made by the operator after that. Where all of them are
 * found: `addresses.ts`.
 */
export class PrometheusStack extends pulumi.ComponentResource {
  constructor(name: string, args: ReleaseArgs<CentralValues>, opts: pulumi.ComponentResourceOptions) {
    super('monitoring:prometheus-stack:PrometheusStack', name, {}, opts);
    release(args, this, opts);
    this.registerOutputs({});
  }
}

/**
 * kube-prometheus-stack on an edge cluster: agents and exporters. The operator makes the agents after the
 * release has returned.
 */
export class PrometheusAgent extends pulumi.ComponentResource {
  constructor(name: string, args: ReleaseArgs<EdgeValues>, opts: pulumi.ComponentResourceOptions) {
    super('monitoring:prometheus-stack:PrometheusAgent', name, {}, opts);
    release(args, this, opts);
    this.registerOutputs({});
  }
}
