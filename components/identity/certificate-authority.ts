import * as pulumi from '@pulumi/pulumi';
import * as tls from '@pulumi/tls';
import { createPrivateKey } from './private-key';
import { authorityValidity } from './validity';

export interface CertificateAuthorityArgs {
  clusterName: string;
}

/**
 * The private authority of the central cluster's server certificates (Receive's, and the Ingress hosts'
 * unless you bring your own). Every edge trusts it. It never signs a client.
 *
 * Should it be replaced, each edge sends again only after its own `pulumi up`.
 */
export class CertificateAuthority extends pulumi.ComponentResource {
  /** PEM. */
  readonly certificate: pulumi.Output<string>;
  /** PEM; a Pulumi secret. */
  readonly privateKey: pulumi.Output<string>;
  /** End of its validity, RFC 3339. */
  readonly end: pulumi.Output<string>;

  constructor(
    name: string,
    { clusterName }: CertificateAuthorityArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super('monitoring:identity:CertificateAuthority', name, {}, opts);
    const key = createPrivateKey(name, { parent: this });
    const { certPem, validityEndTime } = new tls.SelfSignedCert(
      name,
      {
        privateKeyPem: key.privateKeyPem,
        // The cluster's name has a field of its own, since a common name ends at 64 characters.
        subject: { organization: clusterName, commonName: 'monitoring server authority' },
        isCaCertificate: true,
        allowedUses: ['cert_signing', 'crl_signing'],
        ...authorityValidity,
      },
      { parent: this },
    );
    this.certificate = certPem;
    this.privateKey = key.privateKeyPem;
    this.end = validityEndTime;
    this.registerOutputs({ certificate: certPem });
  }
}
