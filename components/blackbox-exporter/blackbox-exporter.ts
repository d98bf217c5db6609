import * as pulumi from '@pulumi/pulumi';
import type { CentralConfig } from '../../config/central';
import { Duration } from '../../config/units';
import { imageReference } from '../../versions';
import { checksum } from '../foundation/checksum';
import * as k8s from '../foundation/kubernetes';
import { objectLabels } from '../foundation/labels';
import { configMapMount, podTemplate, secretMount } from '../foundation/pod';
import type { CredentialsSecret } from '../foundation/references';
import { blackboxExporter } from './exporter';
import { configFile, files, type ModuleArgs } from './modules';
import { probes, type ProbesArgs } from './probes';

const { name: exporter, selector, ports } = blackboxExporter;

/** It holds nothing and starts at once; a probe that is under way ends within its scrape's 10 s. */
const startup = Duration.parse('30s');
const terminationGrace = Duration.parse('30s');

const healthy = { httpGet: { path: '/-/healthy', port: 'http' } };

export interface BlackboxExporterArgs
  extends ProbesArgs, Omit<ModuleArgs, 'login'>, Pick<CentralConfig['blackboxExporter'], 'resources'> {
  image: { repository: string; tag: string };
  /** PEM of the authority that signed what Receive serves, and the Ingress hosts where it is this stack's. */
  authority: pulumi.Input<string>;
  /** Of query-frontend. */
  login: CredentialsSecret;
}

/** Arguments of the exporter. */
const exporterArguments: string[] = [
  `--config.file=${files.config.path}/${files.config.key}`,
  `--web.listen-address=:${ports.http}`,
  '--log.format=json',
];

/**
 * One blackbox exporter, and what it is asked to look at: what people and edges get of the centre, from
 * outside of the parts that serve it. Without it nobody notices that samples arrive and cannot be read, or
 * that a name leads nowhere; each part's own alerts go on.
 *
 * Only Prometheus may reach it (`stacks/flows.ts`): it asks whoever its caller names, with Query's password
 * where the caller names that module.
 */
export class BlackboxExporter extends pulumi.ComponentResource {
  constructor(name: string, args: BlackboxExporterArgs, opts: pulumi.ComponentResourceOptions) {
    super('monitoring:blackbox-exporter:BlackboxExporter', name, {}, opts);
    const child = { parent: this };
    const labels = objectLabels(selector, args.image.tag);
    const metadata = (of: string = exporter) => ({ name: of, namespace: args.namespace, labels });

    const { secretName, userKey, passwordKey } = args.login;
    const config = configFile({ ...args, login: { userKey, passwordKey } });
    const configMap = new k8s.core.v1.ConfigMap(
      exporter,
      {
        metadata: metadata(),
        data: { [files.config.key]: config, [files.config.authority]: args.authority },
      },
      child,
    );
    new k8s.apps.v1.Deployment(
      exporter,
      {
        metadata: metadata(),
        spec: {
          // A second one would ask everything twice. While the only one is away, TargetDown says so.
          replicas: 1,
          selector: { matchLabels: { ...selector } },
          strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
          template: podTemplate({
            labels,
            selector,
            container: {
              name: exporter,
              image: imageReference(args.image),
              args: exporterArguments,
              ports,
              resources: args.resources,
              live: healthy,
              ready: healthy,
              startup,
            },
            mounts: [
              configMapMount('config', files.config.path, configMap.metadata.name),
              secretMount('login', files.login, secretName, [userKey, passwordKey]),
            ],
            // The configuration is read at the start; authority and password at each probe.
            checksums: { config: checksum(config) },
            terminationGrace,
            drain: true,
          }),
        },
      },
      child,
    );
    new k8s.core.v1.Service(
      exporter,
      {
        metadata: metadata(),
        spec: {
          selector: { ...selector },
          ports: [{ name: 'http', port: ports.http, targetPort: 'http' }],
        },
      },
      child,
    );
    new k8s.CustomResource(
      exporter,
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'ServiceMonitor',
        metadata: metadata(),
        spec: {
          jobLabel: 'app.kubernetes.io/name',
          selector: { matchLabels: { ...selector } },
          endpoints: [{ port: 'http' }],
        },
      },
      child,
    );
    for (const probe of probes(args)) {
      new k8s.CustomResource(
        probe.name,
        {
          apiVersion: 'monitoring.coreos.com/v1',
          kind: 'Probe',
          metadata: metadata(probe.name),
          spec: probe.spec,
        },
        child,
      );
    }
    this.registerOutputs({});
  }
}
