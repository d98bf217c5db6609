import * as pulumi from '@pulumi/pulumi';
import type { CentralConfig } from '../../config/central';
import { Duration } from '../../config/units';
import { checksum } from '../foundation/checksum';
import * as k8s from '../foundation/kubernetes';
import { configMapMount } from '../foundation/pod';
import type { SecretKeyRef, StoreEndpoint } from '../foundation/references';
import { disruptionBudget } from './disruption-budget';
import { metadata, type ThanosArgs } from './metadata';
import { roles } from './roles';
import { service, storeEndpoint } from './service';
import { serviceMonitor } from './service-monitor';
import { commonFlags, dataPath, objstoreFlag, objstoreMount, statefulSet } from './workload';

const { ruler } = roles;

/** The ConfigMap with the rules over all clusters. */
export const rulesConfigMap = 'thanos-ruler-rules';

const rules = { path: '/etc/thanos/rules', extension: '.yaml' };

/**
 * Retention on the volume: Thanos' default. What is older is in the bucket; `for` of a running alert is
 * restored from here after a restart.
 */
const retention = Duration.parse('48h');

/**
 * Time until the HTTP server answers, which it does after the WAL is replayed: 48 h of rule results take
 * seconds, but a slow disk gets its time.
 */
const startup = Duration.parse('10m');

export interface RulerArgs
  extends ThanosArgs, Pick<CentralConfig['ruler'], 'replicas' | 'storage' | 'resources'> {
  storageClass: string;
  objstore: SecretKeyRef;
  /** `queryHttpSrv`: where rules are evaluated. */
  queryAddress: string;
  /** Every Alertmanager, in Thanos' notation. */
  alertmanagers: string[];
  /** File name, ending in `.yaml`, and content of each file of rules. */
  ruleFiles: Record<string, string>;
  /** URL of the query page that people reach, for the links in alerts. */
  queryUrl: string;
}

/** Arguments of the Ruler. */
export const rulerArguments = ({
  objstore,
  queryAddress,
  alertmanagers,
  queryUrl,
}: Pick<RulerArgs, 'objstore' | 'queryAddress' | 'alertmanagers' | 'queryUrl'>): string[] => [
  'rule',
  ...commonFlags,
  `--data-dir=${dataPath}`,
  objstoreFlag(objstore),
  `--tsdb.retention=${retention.toString()}`,
  `--label=${ruler.replicaLabel}="$(POD_NAME)"`,
  `--rule-file=${rules.path}/*${rules.extension}`,
  `--query=${queryAddress}`,
  ...alertmanagers.map((url) => `--alertmanagers.url=${url}`),
  `--alert.query-url=${queryUrl}`,
  // Alertmanager takes alerts of the same labels for one, so those of both Rulers must have the same.
  `--alert.label-drop=${ruler.replicaLabel}`,
];

/** A text of the files that is the same in whatever order they are given. */
const inOrder = (files: Record<string, string>): string =>
  JSON.stringify(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * Thanos Ruler: evaluates rules over all clusters, through Query, and sends their alerts. Without it nobody
 * watches the edges; the central cluster's own rules are evaluated by its Prometheus.
 *
 * Both replicas evaluate everything; Query and Alertmanager merge what they make.
 */
export class Ruler extends pulumi.ComponentResource {
  readonly storeEndpoint: StoreEndpoint;

  /** @throws Error when the name of a rule file has another extension, since the Ruler would not read it. */
  constructor(name: string, args: RulerArgs, opts: pulumi.ComponentResourceOptions) {
    super('monitoring:thanos:Ruler', name, {}, opts);
    const child = { parent: this };
    const { storage, storageClass, resources, objstore, ruleFiles } = args;
    const unread = Object.keys(ruleFiles).find((file) => !file.endsWith(rules.extension));
    if (unread !== undefined) throw new Error(`rule file ${unread}: its name must end in ${rules.extension}`);

    const files = new k8s.core.v1.ConfigMap(
      rulesConfigMap,
      { metadata: metadata(ruler, args, rulesConfigMap), data: ruleFiles },
      child,
    );
    new k8s.core.v1.Service(ruler.service, service(ruler, args, { headless: true }), child);
    new k8s.apps.v1.StatefulSet(
      ruler.name,
      statefulSet(
        ruler,
        args,
        { storage: { size: storage, className: storageClass } },
        {
          args: rulerArguments(args),
          resources,
          mounts: [objstoreMount(objstore), configMapMount('rules', rules.path, files.metadata.name)],
          // The Ruler reads rules at its start, or when it is asked to by a request that nobody here sends.
          checksums: { objstore: objstore.checksum, rules: checksum(inOrder(ruleFiles)) },
          startup,
        },
      ),
      child,
    );
    new k8s.policy.v1.PodDisruptionBudget(ruler.name, disruptionBudget(ruler, args), child);
    new k8s.CustomResource(ruler.name, serviceMonitor(ruler, args), child);

    this.storeEndpoint = storeEndpoint(ruler, args);
    this.registerOutputs({});
  }
}
