import { holdsHook } from './alerting/secret-addresses';
import { holdsPrivateKey, isToken, type Violation } from './errors';

/** A password in an address, whatever the address is for. */
const password = /:\/\/[^\s/:@]*:[^\s/@]+@/;

/**
 * Secrets that people paste where none has a place: into an annotation, a reason, an address. Each stands in
 * plain text in the stack file, in the cluster and in what Pulumi prints.
 *
 * @param written the keys below `monitoring:`
 */
export function plainSecrets(node: unknown, path = ''): Violation[] {
  if (typeof node === 'object' && node !== null) {
    return Object.entries(node).flatMap(([name, inner]) =>
      plainSecrets(inner, path === '' ? name : `${path}.${name}`),
    );
  }
  if (typeof node !== 'string') return [];
  const found = holdsPrivateKey(node)
    ? 'a private key that is not shown'
    : password.test(node)
      ? 'an address with a password, which is not shown'
      : isToken(node)
        ? 'a token that is not shown'
        : holdsHook(node)
          ? 'the address of a webhook, which is not shown'
          : undefined;
  if (found === undefined) return [];
  const fix = 'Remove it, and replace it where it is issued: it stands in the stack file.';
  return [{ key: path, found, allowed: 'no secret in plain text', fix }];
}
