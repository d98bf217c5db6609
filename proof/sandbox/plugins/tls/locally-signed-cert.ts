import { type ResourceKind } from '../resource-kind';
import { checkUses } from './uses';
import {
  type Validity,
  type ValidityInputs,
  checkValidity,
  dueForRenewal,
  validityFrom,
  withRenewalMark,
} from './validity';
import { signRequest } from './x509';

export interface LocallySignedCertInputs extends ValidityInputs {
  readonly certRequestPem: string;
  readonly caPrivateKeyPem: string;
  readonly caCertPem: string;
  /** Ordered: another order is another certificate. */
  readonly allowedUses: readonly string[];
  readonly isCaCertificate: boolean;
  readonly setSubjectKeyId: boolean;
}

export interface LocallySignedCertOutputs extends Validity {
  readonly certPem: string;
  readonly caKeyAlgorithm: string;
}

/** `tls.LocallySignedCert`: a request signed by a key of ours. */
export const locallySignedCert: ResourceKind<LocallySignedCertInputs, LocallySignedCertOutputs> = {
  inputs: {
    certRequestPem: { onChange: 'replace' },
    caPrivateKeyPem: { onChange: 'replace' },
    caCertPem: { onChange: 'replace' },
    allowedUses: { onChange: 'replace' },
    validityPeriodHours: { onChange: 'replace' },
    earlyRenewalHours: { onChange: 'update', default: 0 },
    isCaCertificate: { onChange: 'replace', default: false },
    setSubjectKeyId: { onChange: 'replace', default: false },
  },
  computed: ['certPem', 'caKeyAlgorithm', 'readyForRenewal', 'validityStartTime', 'validityEndTime'],
  check: (known) => [...checkUses(known.allowedUses), ...checkValidity(known)],
  outdated: (state, inputs) => dueForRenewal(state, inputs),
  async create(inputs) {
    const validity = validityFrom(Date.now(), inputs);
    const { id, certPem } = await signRequest(
      inputs.certRequestPem,
      { privateKeyPem: inputs.caPrivateKeyPem, certPem: inputs.caCertPem },
      inputs.setSubjectKeyId,
      { allowedUses: inputs.allowedUses, isCa: inputs.isCaCertificate, validity },
    );
    return { id, outputs: { ...inputs, ...validity, certPem, caKeyAlgorithm: 'ECDSA' } };
  },
  read: (_id, state) => Promise.resolve(withRenewalMark(state)),
  // Only earlyRenewalHours is changed in place, and that is read at the next preview.
  update: (_id, state, inputs) => Promise.resolve({ ...state, ...inputs }),
};
