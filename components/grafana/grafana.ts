import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import * as k8s from '../foundation/kubernetes';
import { checksum } from '../foundation/checksum';
import type { CredentialsSecret } from '../foundation/references';
import { dashboardConfigMap, type DashboardFile } from './dashboards';
import { datasourcesFile, type DatasourcesArgs } from './datasources';

const adminSecret = 'grafana-admin';
const datasources = 'grafana-datasources';
const role = 'grafana-sidecar';

/** The administrator's name. */
const admin = 'admin';

/** Length of the generated password: letters and digits, so about 190 bits. */
const passwordLength = 32;

export interface GrafanaArgs {
  namespace: string;
  datasources: DatasourcesArgs;
  /** Dashboards of this repository (`dashboards.ts`). */
  dashboards: readonly DashboardFile[];
  /** Where the runbooks are, for the dashboards' links; without a slash at its end. */
  runbooks: string;
}

/**
 * Objects that the chart's Grafana must find at its start: the administrator's password, the datasources,
 * our dashboards and the right to read ConfigMaps.
 *
 * Grafana stores the password in its volume at the first start; a later change of the Secret must be followed
 * by `grafana cli admin reset-admin-password`.
 */
export class Grafana extends pulumi.ComponentResource {
  readonly adminSecret: CredentialsSecret = {
    secretName: adminSecret,
    userKey: 'admin-user',
    passwordKey: 'admin-password',
  };
  /** The same, for the stack's outputs. */
  readonly login: { user: string; password: pulumi.Output<string> };
  /** The Role for the sidecars; the chart binds it. */
  readonly role = role;
  /** Checksum of the datasources' file. */
  readonly datasourcesChecksum: string;

  constructor(name: string, args: GrafanaArgs, opts: pulumi.ComponentResourceOptions) {
    super('monitoring:grafana:Grafana', name, {}, opts);
    const { namespace } = args;
    const password = new random.RandomPassword(
      adminSecret,
      { length: passwordLength, special: false },
      { parent: this },
    );
    new k8s.core.v1.Secret(
      adminSecret,
      {
        metadata: { name: adminSecret, namespace },
        stringData: {
          [this.adminSecret.userKey]: admin,
          [this.adminSecret.passwordKey]: password.result,
        },
      },
      { parent: this },
    );
    const file = datasourcesFile(args.datasources);
    this.datasourcesChecksum = checksum(file);
    new k8s.core.v1.ConfigMap(
      datasources,
      {
        // The label by which the chart's sidecar finds it.
        metadata: { name: datasources, namespace, labels: { grafana_datasource: '1' } },
        data: { 'datasources.yaml': file },
      },
      { parent: this },
    );
    for (const dashboard of args.dashboards) {
      const { metadata, data } = dashboardConfigMap(dashboard, args);
      new k8s.core.v1.ConfigMap(metadata.name, { metadata, data }, { parent: this });
    }
    new k8s.rbac.v1.Role(
      role,
      {
        metadata: { name: role, namespace },
        rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] }],
      },
      { parent: this },
    );
    this.login = { user: admin, password: password.result };
    this.registerOutputs({});
  }
}
