import * as pulumi from '@pulumi/pulumi';
import { checksum } from '../foundation/checksum';
import * as k8s from '../foundation/kubernetes';
import type { EdgeIdentities } from './edge-identities';

export interface ClientCaBundleArgs {
  namespace: string;
  issuers: EdgeIdentities['issuers'];
}

/** Joins PEM certificates into one text. */
export const bundle = (certificates: readonly string[]): string =>
  certificates.map((pem) => `${pem.trimEnd()}\n`).join('');

/**
 * The issuers whose certificates Receive's routers accept, in a ConfigMap. A router reads them only at its
 * start, so its pod template must carry the checksum: until the last router has restarted, a removed edge may
 * still write.
 */
export class ClientCaBundle extends pulumi.ComponentResource {
  readonly configMapName: string;
  readonly key = 'ca.crt';
  readonly checksum: pulumi.Output<string>;

  constructor(
    name: string,
    { namespace, issuers }: ClientCaBundleArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super('monitoring:identity:ClientCaBundle', name, {}, opts);
    const content = pulumi.all([...issuers]).apply(bundle);
    new k8s.core.v1.ConfigMap(
      name,
      { metadata: { name, namespace }, data: { [this.key]: content } },
      { parent: this },
    );
    this.configMapName = name;
    this.checksum = content.apply(checksum);
    this.registerOutputs({ configMapName: name });
  }
}
