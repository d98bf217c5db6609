import type { RuleGroup } from './rule-group';

/** A certificate that the stack has made. */
export interface CertificateEnd {
  /** What it is for, such as `client cluster-02`. */
  certificate: string;
  kind: 'authority' | 'server' | 'client';
  /** The cluster that stops when it ends, as its label `cluster`. */
  cluster: string;
  /** End of its validity, RFC 3339. */
  end: string;
}

/** Unix time of each certificate's end, as a series. */
export const certificateEnd = 'certificate:end:timestamp_seconds';

/** The label `certificate` of what a host of the stack serves. */
export const serverCertificate = (name: string): string => `server ${name}`;

const day = 24 * 3600;

/** Days before its end from which a certificate is told of. */
export const warningDays = 30;

/**
 * Tells of each certificate's end, from what the stack knows: no program of ours exports the expiry of a
 * certificate that it uses. A `pulumi up` renews what has less than 90 days left, so 30 say that none was run
 * for two months: working hours are enough. 7 are the last week.
 *
 * @param ends known only when the certificates are made, so this group alone is made in an `apply`
 */
export const certificates = (ends: readonly CertificateEnd[]): RuleGroup => {
  const expiring = (severity: 'critical' | 'warning', days: number) =>
    ({
      alert: 'CertificateExpiring',
      expr: `${certificateEnd} - time() < ${days * day}`,
      labels: { severity },
      annotations: {
        summary: 'The certificate "{{ $labels.certificate }}" ends in {{ $value | humanizeDuration }}',
        description:
          'Then {{ $labels.cluster }} stops. Run pulumi up on the central stack, and then on every edge.',
      },
    }) as const;
  return {
    name: 'certificates',
    evaluator: 'prometheus',
    rules: [
      ...[...ends]
        .sort((a, b) => (a.certificate < b.certificate ? -1 : 1))
        .map(({ certificate, kind, cluster, end }) => ({
          record: certificateEnd,
          expr: `vector(${unixSeconds(certificate, end)})`,
          labels: { certificate, kind, cluster },
        })),
      expiring('warning', warningDays),
      expiring('critical', 7),
    ],
  };
};

/** @throws Error when a provider gives an end that is no time: an alert that never fires would be worse. */
function unixSeconds(certificate: string, end: string): number {
  const milliseconds = Date.parse(end);
  if (Number.isNaN(milliseconds)) {
    throw new Error(
      `certificate ${certificate}: its end is ${JSON.stringify(end)}, which is no time in RFC 3339`,
    );
  }
  return Math.floor(milliseconds / 1000);
}
