import type { LastOutputs } from '../contract/deployed-state';
import type { CentralForEdge } from '../contract/read';

/**
 * Warns of an edge that presents an older certificate than the centre has issued for it.
 * `CertificateExpiring` looks at what the centre has made, and so ends before the edge has it; nothing at the
 * centre sees which one an edge presents.
 *
 * Ends are compared, since the certificate itself is a secret: every newer one ends later.
 *
 * @param last what the edge exported the last time; releases before the output `certificateEnd` do not say
 */
export function certificateWarnings(
  last: Pick<LastOutputs, 'certificateEnd'> | undefined,
  { certificateEnd: issued }: Pick<CentralForEdge, 'certificateEnd'>,
): string[] {
  const presented = last?.certificateEnd;
  if (presented === undefined || issued === undefined || Date.parse(presented) >= Date.parse(issued))
    return [];
  return [
    `This edge presents a certificate that ends on ${presented}; its central stack has issued one that ends on ${issued}. ` +
      'Run pulumi up here before the first ends: from then on the edge is refused.',
  ];
}
