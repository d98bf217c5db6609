import * as pulumi from '@pulumi/pulumi';
import type { CertificateAuthority } from '../components/identity/certificate-authority';
import type { EdgeIdentities } from '../components/identity/edge-identities';
import { receiver } from '../components/thanos/roles';
import { serverCertificate, type CertificateEnd } from '../observability/rules/certificates';

export interface Certified {
  /** Value of the label `cluster` of the centre's own samples. */
  centre: string;
  authority: Pick<CertificateAuthority, 'end'>;
  identities: Pick<EdgeIdentities, 'byEdge'>;
  /** End of the certificate that edges write to. */
  receiver: pulumi.Output<string>;
  /** Ends of the Ingress hosts' certificates, by their names; undefined: not made by this stack. */
  web: Readonly<Record<string, pulumi.Output<string> | undefined>>;
}

type Ending = Omit<CertificateEnd, 'end'> & { end: pulumi.Output<string> };

/** When each certificate that this stack makes ends, and which cluster stops then. */
export function certificateEnds(of: Certified): pulumi.Output<CertificateEnd[]> {
  const { centre } = of;
  const server = (name: string, end: pulumi.Output<string>): Ending => ({
    certificate: serverCertificate(name),
    kind: 'server',
    cluster: centre,
    end,
  });
  const endings: Ending[] = [
    { certificate: 'authority of servers', kind: 'authority', cluster: centre, end: of.authority.end },
    server(receiver, of.receiver),
    ...Object.entries(of.web).flatMap(([name, end]) => (end ? [server(name, end)] : [])),
    ...Object.entries(of.identities.byEdge).flatMap(([edge, identity]): Ending[] => [
      { certificate: `client ${edge}`, kind: 'client', cluster: edge, end: identity.certificateEnd },
      { certificate: `authority of ${edge}`, kind: 'authority', cluster: edge, end: identity.issuerEnd },
    ]),
  ];
  return pulumi.all(endings.map(({ end }) => end)).apply((ends) =>
    endings.map(({ certificate, kind, cluster }, i) => ({
      certificate,
      kind,
      cluster,
      end: ends[i] ?? '',
    })),
  );
}
