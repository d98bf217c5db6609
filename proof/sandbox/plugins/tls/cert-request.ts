import { createHash } from 'node:crypto';
import { type ResourceKind } from '../resource-kind';
import { type Subject } from './subject';
import { type AlternativeNames, requestCertificate } from './x509';

export interface CertRequestInputs extends AlternativeNames {
  readonly privateKeyPem: string;
  readonly subject?: Subject;
}

export interface CertRequestOutputs {
  readonly certRequestPem: string;
  readonly keyAlgorithm: string;
}

/** `tls.CertRequest`: the common name is not copied into the alternative names. */
export const certRequest: ResourceKind<CertRequestInputs, CertRequestOutputs> = {
  inputs: {
    privateKeyPem: { onChange: 'replace' },
    subject: { onChange: 'replace' },
    dnsNames: { onChange: 'replace' },
    ipAddresses: { onChange: 'replace' },
    uris: { onChange: 'replace' },
  },
  computed: ['certRequestPem', 'keyAlgorithm'],
  async create(inputs) {
    const { der, certRequestPem } = await requestCertificate(inputs.privateKeyPem, inputs.subject, inputs);
    return {
      id: createHash('sha1').update(der).digest('hex'),
      outputs: { ...inputs, certRequestPem, keyAlgorithm: 'ECDSA' },
    };
  },
};
