import * as pulumi from '@pulumi/pulumi';
import * as k8s from '../foundation/kubernetes';

/** Name of a Secret with a client's identity, and its keys. */
export interface IdentitySecret {
  name: string;
  /** The authority of the server's certificate. */
  ca: string;
  certificate: string;
  privateKey: string;
}

/** The Secret that the agents' remote write reads. */
export const remoteWriteSecret: IdentitySecret = {
  name: 'remote-write-tls',
  ca: 'ca.crt',
  certificate: 'tls.crt',
  privateKey: 'tls.key',
};

export interface RemoteWriteSecretArgs {
  namespace: string;
  /** PEM of the authority that signed Receive's server certificate. */
  ca: string;
  /** The edge's client certificate and key, PEM. */
  certificate: pulumi.Input<string>;
  privateKey: pulumi.Input<string>;
}

/**
 * An edge's identity in its own cluster. Without it the operator refuses to create the agents, so it must
 * exist before the chart's release. The agents read changed files by themselves: a renewal needs no restart.
 */
export class RemoteWriteSecret extends pulumi.ComponentResource {
  constructor(name: string, args: RemoteWriteSecretArgs, opts: pulumi.ComponentResourceOptions) {
    super('monitoring:identity:RemoteWriteSecret', name, {}, opts);
    new k8s.core.v1.Secret(
      remoteWriteSecret.name,
      {
        metadata: { name: remoteWriteSecret.name, namespace: args.namespace },
        type: 'Opaque',
        stringData: {
          [remoteWriteSecret.ca]: args.ca,
          [remoteWriteSecret.certificate]: args.certificate,
          [remoteWriteSecret.privateKey]: args.privateKey,
        },
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
