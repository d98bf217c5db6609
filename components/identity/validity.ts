/**
 * A certificate's life in hours, as `@pulumi/tls` counts. The first `pulumi up` in its last
 * `earlyRenewalHours` renews it.
 */
export interface Validity {
  validityPeriodHours: number;
  /** Always less than `validityPeriodHours`, or every preview replaces the certificate. */
  earlyRenewalHours: number;
}

const year = 365 * 24;

/**
 * The life of server and client certificates: a year, renewed in its last 90 days.
 *
 * Nothing but `pulumi up` renews them, first on the central stack, then on each edge; both have a quarter of
 * a year for it. An edge's old certificate stays good until its own end. A shorter life would only turn a
 * quiet quarter into an outage: an edge is shut out by removing it from the list, not by waiting for an
 * expiry.
 */
export const leafValidity: Validity = { validityPeriodHours: year, earlyRenewalHours: 90 * 24 };

/**
 * The life of the authorities: ten years, renewed one leaf's life before the end, so that no leaf outlives
 * its issuer. A renewed authority keeps key and subject, and so verifies the certificates that its
 * predecessor signed.
 */
export const authorityValidity: Validity = {
  validityPeriodHours: 10 * year,
  earlyRenewalHours: leafValidity.validityPeriodHours,
};
