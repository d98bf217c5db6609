import * as pulumi from '@pulumi/pulumi';
import * as tls from '@pulumi/tls';
import { createPrivateKey } from './private-key';
import { authorityValidity, leafValidity } from './validity';

export interface EdgeIdentitiesArgs {
  /** Names of the edges; each is the common name of its certificate, and so its tenant at Receive. */
  edges: string[];
}

/** An edge's client certificate with its key, and the authority behind it. */
export interface EdgeIdentity {
  /** Client certificate, PEM, without a chain: the routers trust its issuer directly. */
  certificate: pulumi.Output<string>;
  /** PEM; a Pulumi secret. */
  privateKey: pulumi.Output<string>;
  /** The authority that signed this edge's certificate and no other edge's, PEM. */
  issuer: pulumi.Output<string>;
  /** Ends of validity of both, RFC 3339. */
  certificateEnd: pulumi.Output<string>;
  issuerEnd: pulumi.Output<string>;
}

/**
 * A client certificate for each edge, and the issuers that Receive's routers trust. An edge takes four
 * resources.
 *
 * Every edge has an issuer of its own, all with one key. A certificate is found by its issuer's subject,
 * which holds the fingerprint of the edge's key: when an edge leaves the list, its issuer leaves the routers'
 * bundle and its certificate is refused; when it comes back, it has a new key, and the old certificate stays
 * refused (docs/adr/0001).
 */
export class EdgeIdentities extends pulumi.ComponentResource {
  readonly byEdge: Readonly<Record<string, EdgeIdentity>>;
  /** For `ClientCaBundle`; in the order of the names, so that a reordered list restarts no router. */
  readonly issuers: readonly [pulumi.Output<string>, ...pulumi.Output<string>[]];

  constructor(name: string, { edges }: EdgeIdentitiesArgs, opts: pulumi.ComponentResourceOptions) {
    super('monitoring:identity:EdgeIdentities', name, {}, opts);
    const issuerKey = createPrivateKey(name, { parent: this });
    const nobody = this.createNobody(name, issuerKey);
    const identities = [...edges]
      .sort()
      .map((edge) => [edge, this.createIdentity(`${name}-${edge}`, edge, issuerKey)] as const);
    this.byEdge = Object.fromEntries(identities);
    this.issuers = [nobody.certPem, ...identities.map(([, { issuer }]) => issuer)];
    this.registerOutputs({});
  }

  /**
   * The certificate that is always in the bundle: Thanos 0.42 takes an empty bundle for "no TLS" and accepts
   * everybody's samples over plain HTTP. It can neither sign nor be a client, so it admits nobody.
   */
  private createNobody(name: string, key: tls.PrivateKey) {
    return new tls.SelfSignedCert(
      `${name}-nobody`,
      {
        privateKeyPem: key.privateKeyPem,
        subject: { commonName: 'nobody' },
        isCaCertificate: false,
        allowedUses: ['server_auth'],
        ...authorityValidity,
      },
      { parent: this },
    );
  }

  private createIdentity(name: string, edge: string, issuerKey: tls.PrivateKey): EdgeIdentity {
    const key = createPrivateKey(name, { parent: this });
    const issuer = new tls.SelfSignedCert(
      `${name}-issuer`,
      {
        privateKeyPem: issuerKey.privateKeyPem,
        subject: { commonName: edge, organizationalUnit: key.publicKeyFingerprintSha256 },
        isCaCertificate: true,
        allowedUses: ['cert_signing', 'crl_signing'],
        ...authorityValidity,
      },
      { parent: this },
    );
    const request = new tls.CertRequest(
      name,
      { privateKeyPem: key.privateKeyPem, subject: { commonName: edge } },
      { parent: this },
    );
    const { certPem, validityEndTime } = new tls.LocallySignedCert(
      name,
      {
        certRequestPem: request.certRequestPem,
        caPrivateKeyPem: issuerKey.privateKeyPem,
        caCertPem: issuer.certPem,
        allowedUses: ['digital_signature', 'client_auth'],
        ...leafValidity,
      },
      { parent: this },
    );
    return {
      certificate: certPem,
      privateKey: key.privateKeyPem,
      issuer: issuer.certPem,
      certificateEnd: validityEndTime,
      issuerEnd: issuer.validityEndTime,
    };
  }
}
