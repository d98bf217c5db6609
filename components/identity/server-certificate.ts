import * as pulumi from '@pulumi/pulumi';
import * as tls from '@pulumi/tls';
import * as k8s from '../foundation/kubernetes';
import type { CertificateAuthority } from './certificate-authority';
import { createPrivateKey } from './private-key';
import { leafValidity } from './validity';

export interface ServerCertificateArgs {
  authority: Pick<CertificateAuthority, 'certificate' | 'privateKey'>;
  /** The hosts that clients connect to. */
  dnsNames: string[];
  namespace: string;
  secretName: string;
}

/**
 * A server's certificate and key in a Secret of the type kubernetes.io/tls. A renewal needs no restart:
 * Thanos and Ingress controllers read the changed Secret by themselves.
 */
export class ServerCertificate extends pulumi.ComponentResource {
  readonly secretName: string;
  /** End of its validity, RFC 3339. */
  readonly end: pulumi.Output<string>;

  constructor(name: string, args: ServerCertificateArgs, opts: pulumi.ComponentResourceOptions) {
    super('monitoring:identity:ServerCertificate', name, {}, opts);
    const { authority, dnsNames, namespace, secretName } = args;
    const key = createPrivateKey(name, { parent: this });
    const request = new tls.CertRequest(
      name,
      // The hosts are the alternative names alone: clients no longer read the common name, which ends at 64
      // characters.
      { privateKeyPem: key.privateKeyPem, subject: { commonName: secretName }, dnsNames },
      { parent: this },
    );
    const { certPem, validityEndTime } = new tls.LocallySignedCert(
      name,
      {
        certRequestPem: request.certRequestPem,
        caPrivateKeyPem: authority.privateKey,
        caCertPem: authority.certificate,
        allowedUses: ['digital_signature', 'server_auth'],
        ...leafValidity,
      },
      { parent: this },
    );
    new k8s.core.v1.Secret(
      secretName,
      {
        metadata: { name: secretName, namespace },
        type: 'kubernetes.io/tls',
        // The authority is left out: clients trust it already, or not at all.
        stringData: { 'tls.crt': certPem, 'tls.key': key.privateKeyPem },
      },
      { parent: this },
    );
    this.secretName = secretName;
    this.end = validityEndTime;
    this.registerOutputs({ secretName });
  }
}
