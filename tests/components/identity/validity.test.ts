import { authorityValidity, leafValidity } from '../../../components/identity/validity';

const day = 24;

describe('validity', () => {
  it('is a year for servers and clients, with 90 days to renew', () => {
    expect(leafValidity).toEqual({ validityPeriodHours: 365 * day, earlyRenewalHours: 90 * day });
  });

  it('is ten years for authorities', () => {
    expect(authorityValidity).toEqual({ validityPeriodHours: 3650 * day, earlyRenewalHours: 365 * day });
  });

  it.each([leafValidity, authorityValidity])('does not start in the time of renewal', (validity) => {
    expect(validity.earlyRenewalHours).toBeLessThan(validity.validityPeriodHours);
  });

  it('of an authority ends after that of every certificate it signs', () => {
    expect(authorityValidity.earlyRenewalHours).toBeGreaterThanOrEqual(leafValidity.validityPeriodHours);
  });
});
