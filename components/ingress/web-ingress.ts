import * as pulumi from '@pulumi/pulumi';
import type { CentralConfig } from '../../config/central';
import * as k8s from '../foundation/kubernetes';
import type { CertificateAuthority } from '../identity/certificate-authority';
import { ServerCertificate } from '../identity/server-certificate';

type IngressConfig = CentralConfig['ingress'];

export interface WebIngressArgs extends IngressConfig {
  namespace: string;
  host: string;
  /** The Service behind it, which must ask for credentials itself. */
  service: { name: string; port: number };
  /** Signs the host's certificate when `tls.kind` is `private`. */
  authority: Pick<CertificateAuthority, 'certificate' | 'privateKey'>;
}

/** Name of the Secret with the host's certificate: yours, or one made under the Ingress' own name. */
export const tlsSecretName = (name: string, tls: IngressConfig['tls']): string =>
  tls.kind === 'secret' ? tls.secretName : `${name}-tls`;

/** The configured annotations, and the one that makes cert-manager issue a certificate. */
export const ingressAnnotations = ({ annotations, tls }: Pick<IngressConfig, 'annotations' | 'tls'>) =>
  tls.kind === 'cert-manager'
    ? { ...annotations, 'cert-manager.io/cluster-issuer': tls.clusterIssuer }
    : annotations;

/** Spec of an Ingress whose whole host belongs to one Service. */
export const ingressSpec = (name: string, args: Omit<WebIngressArgs, 'authority'>) => ({
  ingressClassName: args.className,
  tls: [{ hosts: [args.host], secretName: tlsSecretName(name, args.tls) }],
  rules: [
    {
      host: args.host,
      http: {
        paths: [
          {
            path: '/',
            pathType: 'Prefix',
            backend: { service: { name: args.service.name, port: { number: args.service.port } } },
          },
        ],
      },
    },
  ],
});

/**
 * One host over HTTPS. `pulumi up` waits until the Service has endpoints and the Ingress an address; an
 * Ingress class that no controller serves therefore fails after 10 minutes instead of passing unseen. Make it
 * depend on what fills the Service.
 */
export class WebIngress extends pulumi.ComponentResource {
  readonly url: string;
  /**
   * End of validity of the certificate that this stack made, RFC 3339; none where it is yours or
   * cert-manager's.
   */
  readonly certificateEnd: pulumi.Output<string> | undefined;

  constructor(name: string, args: WebIngressArgs, opts: pulumi.ComponentResourceOptions) {
    super('monitoring:ingress:WebIngress', name, {}, opts);
    const { namespace, host, tls, authority } = args;
    const certificate =
      tls.kind === 'private'
        ? new ServerCertificate(
            name,
            { authority, dnsNames: [host], namespace, secretName: tlsSecretName(name, tls) },
            { parent: this },
          )
        : undefined;
    new k8s.networking.v1.Ingress(
      name,
      { metadata: { name, namespace, annotations: ingressAnnotations(args) }, spec: ingressSpec(name, args) },
      // A controller that finds no certificate serves its own, or nothing.
      { parent: this, dependsOn: certificate ? [certificate] : [] },
    );
    this.url = `https://${host}`;
    this.certificateEnd = certificate?.end;
    this.registerOutputs({ url: this.url });
  }
}
