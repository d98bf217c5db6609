import { warningDays } from '../../../observability/rules/certificates';
import { allWell, judged, span, type Finding, type Observation } from '../finding';

/** A certificate by what it is for. */
export interface CertificateSeen {
  certificate: string;
  /** End of its validity. */
  end: Date;
}

const day = 86_400;

/** From here on the alert CertificateExpiring tells; a pulumi up renews 60 days earlier. */
const renewBefore = warningDays * day;

/** Whether each certificate lasts, as the stack says and as the cluster has it. */
export const certificatesLast = (now: Date, certificates: Observation<readonly CertificateSeen[]>): Finding =>
  judged(certificates, (seen) => {
    const left = seen
      .map(({ certificate, end }) => ({ certificate, seconds: (end.getTime() - now.getTime()) / 1000 }))
      .sort((a, b) => a.seconds - b.seconds);
    const faults = left
      .filter(({ seconds }) => seconds < renewBefore)
      .map(({ certificate, seconds }) =>
        seconds <= 0 ? `${certificate} has ended` : `${certificate} ends in ${span(seconds)}`,
      );
    const first = left[0];
    if (!first)
      return { status: 'unknown', found: 'no certificate is known', fix: 'Run pulumi up on the stack.' };
    return allWell(
      faults,
      `${seen.length} certificates; the first to end, ${first.certificate}, has ${span(first.seconds)}`,
      'Run pulumi up on the central stack, then on every edge (docs/runbooks/CertificateExpiring.md).',
    );
  });

/**
 * Whether what the cluster serves is what the stack made last.
 *
 * @param made ends by the stack's outputs
 * @param served ends of the certificates in the Secrets
 */
export const certificatesServed = (
  made: readonly CertificateSeen[],
  served: Observation<readonly CertificateSeen[]>,
): Finding =>
  judged(served, (seen) => {
    const faults = seen.flatMap(({ certificate, end }) => {
      const wanted = made.find((other) => other.certificate === certificate);
      // A certificate's times are whole seconds, those of the outputs have nanoseconds.
      if (!wanted || Math.abs(wanted.end.getTime() - end.getTime()) < 2000) return [];
      return [
        `${certificate} in the cluster ends ${end.toISOString()}, by the stack ${wanted.end.toISOString()}`,
      ];
    });
    return allWell(
      faults,
      `${seen.length} Secrets have the certificates that the stack made`,
      'Run pulumi up on the central stack: somebody has changed a Secret.',
    );
  });
