export interface Subject {
  readonly commonName?: string;
  readonly country?: string;
  readonly locality?: string;
  readonly organization?: string;
  readonly organizationalUnit?: string;
  readonly postalCode?: string;
  readonly province?: string;
  readonly serialNumber?: string;
  readonly streetAddresses?: readonly string[];
}

/** Attribute types (RFC 4519) in the order in which Go, and so the real provider, writes them. */
const attributes: readonly [keyof Subject, string][] = [
  ['country', '2.5.4.6'],
  ['organization', '2.5.4.10'],
  ['organizationalUnit', '2.5.4.11'],
  ['locality', '2.5.4.7'],
  ['province', '2.5.4.8'],
  ['streetAddresses', '2.5.4.9'],
  ['postalCode', '2.5.4.17'],
  ['commonName', '2.5.4.3'],
  ['serialNumber', '2.5.4.5'],
];

/** One relative distinguished name per attribute that is there. */
export function distinguishedName(subject: Subject = {}): Record<string, string[]>[] {
  return attributes.flatMap(([name, oid]) => {
    const value = subject[name] ?? [];
    const values = typeof value === 'string' ? [value] : [...value];
    return values.length === 0 ? [] : [{ [oid]: values }];
  });
}
