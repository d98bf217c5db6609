/** What a PEM of the runtime's provider says of itself: `certificate of NAME` or `private key of NAME`. */
export const says = (pem: unknown): string =>
  typeof pem === 'string'
    ? (/^-----BEGIN [A-Z ]+-----\n(.*)\n-----END /.exec(pem)?.[1] ?? 'no PEM')
    : 'no text';

export const expectation = (where: string, found: string, expected: string): string[] =>
  found === expected ? [] : [`${where} is ${found}, not ${expected}`];
