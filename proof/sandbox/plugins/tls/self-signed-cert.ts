import { type ResourceKind } from '../resource-kind';
import { type Subject } from './subject';
import { checkUses } from './uses';
import {
  type Validity,
  type ValidityInputs,
  checkValidity,
  dueForRenewal,
  validityFrom,
  withRenewalMark,
} from './validity';
import { type AlternativeNames, selfSign } from './x509';

export interface SelfSignedCertInputs extends AlternativeNames, ValidityInputs {
  readonly privateKeyPem: string;
  /** Ordered: another order is another certificate. */
  readonly allowedUses: readonly string[];
  readonly subject?: Subject;
  readonly isCaCertificate: boolean;
  readonly setSubjectKeyId: boolean;
  readonly setAuthorityKeyId: boolean;
}

export interface SelfSignedCertOutputs extends Validity {
  readonly certPem: string;
  readonly keyAlgorithm: string;
}

/** `tls.SelfSignedCert`, a certificate authority or not. */
export const selfSignedCert: ResourceKind<SelfSignedCertInputs, SelfSignedCertOutputs> = {
  inputs: {
    privateKeyPem: { onChange: 'replace' },
    allowedUses: { onChange: 'replace' },
    validityPeriodHours: { onChange: 'replace' },
    earlyRenewalHours: { onChange: 'update', default: 0 },
    subject: { onChange: 'replace' },
    dnsNames: { onChange: 'replace' },
    ipAddresses: { onChange: 'replace' },
    uris: { onChange: 'replace' },
    isCaCertificate: { onChange: 'replace', default: false },
    setSubjectKeyId: { onChange: 'replace', default: false },
    setAuthorityKeyId: { onChange: 'replace', default: false },
  },
  computed: ['certPem', 'keyAlgorithm', 'readyForRenewal', 'validityStartTime', 'validityEndTime'],
  check: (known) => [...checkUses(known.allowedUses), ...checkValidity(known)],
  outdated: (state, inputs) => dueForRenewal(state, inputs),
  async create(inputs) {
    const validity = validityFrom(Date.now(), inputs);
    const { id, certPem } = await selfSign(
      inputs.privateKeyPem,
      inputs.subject,
      inputs,
      { subject: inputs.setSubjectKeyId, authority: inputs.setAuthorityKeyId },
      { allowedUses: inputs.allowedUses, isCa: inputs.isCaCertificate, validity },
    );
    return { id, outputs: { ...inputs, ...validity, certPem, keyAlgorithm: 'ECDSA' } };
  },
  read: (_id, state) => Promise.resolve(withRenewalMark(state)),
  // Only earlyRenewalHours is changed in place, and that is read at the next preview.
  update: (_id, state, inputs) => Promise.resolve({ ...state, ...inputs }),
};
