import * as pulumi from '@pulumi/pulumi';
import { rulerRetention } from '../../capacity/ruler';
import type { CentralConfig } from '../../config/central';
import { kubernetesResources } from '../../config/scalars';
import { Duration } from '../../config/units';
import { fullVolume } from '../foundation/full-volume';
import * as k8s from '../foundation/kubernetes';
import { checksumAnnotations, podSecurity, probes, spread } from '../foundation/pod';
import type { SecretKeyRef, StoreEndpoint } from '../foundation/references';
import { rulesOfRuler } from '../prometheus-stack/prometheus-rules';
import { volumeClaim } from '../prometheus-stack/shared-values';
import { disruptionBudget } from './disruption-budget';
import { imageVersion, metadata, type ThanosArgs } from './metadata';
import { roles, thanosRuler } from './roles';
import { service, storeEndpoint } from './service';
import { serviceMonitor } from './service-monitor';
import { httpChecks, terminationGrace } from './workload';

const { ruler } = roles;

/**
 * How far behind the clock rules are evaluated, unless their group says otherwise: the samples of the edges
 * come a scrape (30 s), a batch (5 s) and a request late, each edge at its own moment, and a sum over
 * clusters would leave out those that are not there yet.
 */
const queryOffset = Duration.parse('1m');

/** Where the operator mounts its volume. */
const rulerData = '/thanos/data';

export interface RulerArgs
  extends ThanosArgs, Pick<CentralConfig['ruler'], 'replicas' | 'storage' | 'resources'> {
  storageClass: string;
  objstore: SecretKeyRef;
  /** `queryHttpSrv`: where rules are evaluated. */
  queryAddress: string;
  /** Every Alertmanager, in Thanos' notation. */
  alertmanagers: string[];
  /** How often rules are evaluated whose group does not say it. */
  evaluationInterval: Duration;
  /** URL of the query page that people reach, for the links in alerts. */
  queryUrl: string;
  /**
   * Time until the HTTP server answers, which it does after the log is read: `rulerStartup` in
   * capacity/startup.ts.
   */
  startup: Duration;
}

/** What the operator (0.93.1) makes the Ruler of; it sets every flag that does not stand here. */
export const rulerSpec = (args: RulerArgs) => ({
  image: args.image,
  version: imageVersion(args.image),
  replicas: args.replicas,
  // Ours: it stays when the operator's StatefulSet goes.
  serviceName: ruler.service,
  serviceAccountName: ruler.name,
  // Only labels that never change: the operator puts them into the StatefulSet's selector.
  podMetadata: {
    labels: { ...ruler.selector },
    annotations: checksumAnnotations({ objstore: args.objstore.checksum }),
  },
  ruleSelector: rulesOfRuler,
  ruleNamespaceSelector: {},
  queryEndpoints: [args.queryAddress],
  alertmanagersUrl: args.alertmanagers,
  alertQueryUrl: args.queryUrl,
  evaluationInterval: args.evaluationInterval.toString(),
  ruleQueryOffset: queryOffset.toString(),
  retention: rulerRetention.toString(),
  objectStorageConfig: { name: args.objstore.name, key: args.objstore.key },
  storage: {
    volumeClaimTemplate: {
      metadata: { name: thanosRuler.claim },
      ...volumeClaim(args.storageClass, args.storage).volumeClaimTemplate,
    },
  },
  portName: 'http',
  logFormat: 'json',
  additionalArgs: [{ name: 'enable-auto-gomemlimit' }],
  resources: kubernetesResources(args.resources),
  securityContext: podSecurity,
  enableServiceLinks: false,
  topologySpreadConstraints: spread(ruler.selector),
  terminationGracePeriodSeconds: terminationGrace.seconds,
  ...fullVolume({ name: thanosRuler.claim, path: rulerData }),
  // The operator gives its containers no probes.
  containers: [{ name: 'thanos-ruler', ...probes({ ...httpChecks, startup: args.startup }) }],
});

/**
 * Thanos Ruler: evaluates rules over all clusters, through Query, and sends their alerts. Without it nobody
 * watches the edges; what watches Thanos is evaluated by the central Prometheus.
 *
 * The operator deploys it (docs/adr/0010): it brings every PrometheusRule that is not for Prometheus, in
 * whatever namespace, to the running Ruler. Both replicas evaluate everything; Query and Alertmanager merge
 * what they make. The label that tells them apart is the operator's, which also drops it from alerts.
 */
export class Ruler extends pulumi.ComponentResource {
  readonly storeEndpoint: StoreEndpoint;

  constructor(name: string, args: RulerArgs, opts: pulumi.ComponentResourceOptions) {
    super('monitoring:thanos:Ruler', name, {}, opts);
    const child = { parent: this };

    // A ThanosRuler cannot say that its pods get no token; their account can.
    const account = new k8s.core.v1.ServiceAccount(
      ruler.name,
      { metadata: metadata(ruler, args), automountServiceAccountToken: false },
      child,
    );
    const governing = new k8s.core.v1.Service(
      ruler.service,
      // The operator refuses a Service that selects by more than its own labels.
      service(ruler, args, { headless: true, selector: { 'app.kubernetes.io/name': ruler.name } }),
      child,
    );
    new k8s.CustomResource(
      ruler.name,
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'ThanosRuler',
        metadata: metadata(ruler, args, thanosRuler.name),
        spec: rulerSpec(args),
      },
      { ...child, dependsOn: [account, governing] },
    );
    new k8s.policy.v1.PodDisruptionBudget(ruler.name, disruptionBudget(ruler, args), child);
    new k8s.CustomResource(ruler.name, serviceMonitor(ruler, args), child);

    this.storeEndpoint = storeEndpoint(ruler, args);
    this.registerOutputs({});
  }
}
