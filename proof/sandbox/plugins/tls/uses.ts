import { type CheckFailure } from '../resource-kind';

/** Bits of the KeyUsage extension (RFC 5280, section 4.2.1.3), bit 0 first. */
const keyUsages: Readonly<Record<string, number>> = {
  digital_signature: 1 << 0,
  content_commitment: 1 << 1,
  key_encipherment: 1 << 2,
  data_encipherment: 1 << 3,
  key_agreement: 1 << 4,
  cert_signing: 1 << 5,
  crl_signing: 1 << 6,
  encipher_only: 1 << 7,
  decipher_only: 1 << 8,
};

/** Purposes of the ExtendedKeyUsage extension (RFC 5280, section 4.2.1.12, and the vendors' own). */
const extendedKeyUsages: Readonly<Record<string, string>> = {
  any_extended: '2.5.29.37.0',
  server_auth: '1.3.6.1.5.5.7.3.1',
  client_auth: '1.3.6.1.5.5.7.3.2',
  code_signing: '1.3.6.1.5.5.7.3.3',
  email_protection: '1.3.6.1.5.5.7.3.4',
  ipsec_end_system: '1.3.6.1.5.5.7.3.5',
  ipsec_tunnel: '1.3.6.1.5.5.7.3.6',
  ipsec_user: '1.3.6.1.5.5.7.3.7',
  timestamping: '1.3.6.1.5.5.7.3.8',
  ocsp_signing: '1.3.6.1.5.5.7.3.9',
  microsoft_server_gated_crypto: '1.3.6.1.4.1.311.10.3.3',
  netscape_server_gated_crypto: '2.16.840.1.113730.4.1',
  microsoft_commercial_code_signing: '1.3.6.1.4.1.311.2.1.22',
  microsoft_kernel_code_signing: '1.3.6.1.4.1.311.61.1.1',
};

const allUses = [...Object.keys(keyUsages), ...Object.keys(extendedKeyUsages)].sort();

export interface Usages {
  readonly keyUsage: number;
  /** Object identifiers, in the order given. */
  readonly extendedKeyUsage: readonly string[];
}

export function usagesOf(allowedUses: readonly string[]): Usages {
  return {
    keyUsage: allowedUses.reduce((bits, use) => bits | (keyUsages[use] ?? 0), 0),
    extendedKeyUsage: allowedUses.flatMap((use) => extendedKeyUsages[use] ?? []),
  };
}

export function checkUses(allowedUses: readonly string[] = []): CheckFailure[] {
  return allowedUses.flatMap((use, index) =>
    allUses.includes(use)
      ? []
      : {
          property: `allowedUses[${String(index)}]`,
          text: `Attribute allowed_uses[${String(index)}] value must be one of: [${allUses.map((name) => `"${name}"`).join(' ')}], got: "${use}"`,
        },
  );
}
