import { diff } from '../../../../../proof/sandbox/plugins/resource-kind';
import { locallySignedCert } from '../../../../../proof/sandbox/plugins/tls/locally-signed-cert';
import {
  dueForRenewal,
  isDue,
  validityFrom,
  withRenewalMark,
} from '../../../../../proof/sandbox/plugins/tls/validity';

const start = Date.parse('2026-01-01T00:00:00Z');
const hour = 3_600_000;
const inputs = { validityPeriodHours: 24, earlyRenewalHours: 6 };

describe('renewal of a certificate', () => {
  it('writes its times as RFC 3339 with nanoseconds', () => {
    expect(validityFrom(start, inputs)).toEqual({
      validityStartTime: '2026-01-01T00:00:00.000000000Z',
      validityEndTime: '2026-01-02T00:00:00.000000000Z',
      readyForRenewal: false,
    });
  });

  it('is due earlyRenewalHours before the end, not a moment sooner', () => {
    const { validityEndTime } = validityFrom(start, inputs);
    expect(isDue(validityEndTime, 6, start + 18 * hour - 1)).toBe(false);
    expect(isDue(validityEndTime, 6, start + 18 * hour)).toBe(true);
  });

  it('is born ready when it is due as long as it is valid', () => {
    expect(validityFrom(start, { validityPeriodHours: 6, earlyRenewalHours: 6 }).readyForRenewal).toBe(true);
    expect(validityFrom(start, { validityPeriodHours: 0, earlyRenewalHours: 0 }).readyForRenewal).toBe(true);
  });

  it('needs no refresh: state and clock replace the certificate', () => {
    const state = { ...inputs, ...validityFrom(start, inputs) };
    expect(dueForRenewal(state, inputs, start + 17 * hour)).toEqual([]);
    expect(dueForRenewal(state, inputs, start + 19 * hour)).toEqual(['readyForRenewal']);
  });

  it('is marked by a refresh', () => {
    const state = { ...inputs, ...validityFrom(start, inputs) };
    expect(withRenewalMark(state, start + 17 * hour).readyForRenewal).toBe(false);
    expect(withRenewalMark(state, start + 19 * hour).readyForRenewal).toBe(true);
  });

  it('replaces for another period or order of uses, and changes earlyRenewalHours in place', () => {
    const now = validityFrom(Date.now(), inputs);
    const given = {
      ...inputs,
      certRequestPem: 'r',
      caPrivateKeyPem: 'k',
      caCertPem: 'c',
      allowedUses: ['client_auth', 'server_auth'],
    };
    const state = { ...given, ...now, isCaCertificate: false, setSubjectKeyId: false };
    const changed = (news: object) => diff(locallySignedCert, state, { ...given, ...news });
    expect(changed({})).toEqual({ changed: [], replaced: [] });
    expect(changed({ earlyRenewalHours: 7 })).toEqual({ changed: ['earlyRenewalHours'], replaced: [] });
    expect(changed({ validityPeriodHours: 48 }).replaced).toEqual(['validityPeriodHours']);
    expect(changed({ allowedUses: ['server_auth', 'client_auth'] }).replaced).toEqual(['allowedUses']);
    expect(changed({ earlyRenewalHours: 24 }).replaced).toEqual(['readyForRenewal']);
  });
});
