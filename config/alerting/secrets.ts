import { z } from 'zod';
import { isHost, isLoopback, isPort } from '../networks';
import { objectName } from '../scalars';
import { isSecretHost, looksLikeKey } from './secret-addresses';

/**
 * Where a secret stands, instead of the secret: an encrypted key of this stack, or a key of a Secret in the
 * namespace `monitoring` that exists already.
 */
export type SecretRef = { configKey: string } | { secretName: string; key: string };

/** The name of an encrypted key of the stack, chosen by who writes the stack file. */
const configKey = /^[a-z][A-Za-z0-9]{0,62}$/;

const allowed =
  '{ configKey: NAME } with a name of your choice (ASCII letters and digits, the first in lower case), after pulumi config set --secret NAME; or { secretName, key } of a Secret in the namespace monitoring';

/** A secret, by reference: a text in its place is refused, and no message repeats it. */
export const secretRef = () =>
  z
    .union(
      [
        z.strictObject({ configKey: z.string({ error: allowed }).regex(configKey, allowed) }),
        z.strictObject({
          secretName: objectName(),
          key: z.string({ error: allowed }).regex(/^(?!\.$|\.\.)[-._a-zA-Z0-9]{1,253}$/, allowed),
        }),
      ],
      { error: allowed },
    )
    // One row of docs/config.md, whose foot says what a secret is.
    .meta({ title: 'secret' });

/** A Service of the cluster, where plain HTTP leaves no cluster: `http://NAME.NAMESPACE.svc:PORT/`. */
const inCluster = /^[a-z0-9-]+\.[a-z0-9-]+\.svc$/;

/** A name that only pods of a cluster resolve, with the domain that most clusters have or without. */
const ofACluster = /\.svc(?:\.cluster\.local)?\.?$/;

/** How far an address may be trusted with what it says. */
export interface AddressRules {
  /** Whether a Service of the cluster may be addressed, by plain HTTP too. */
  inCluster: boolean;
  /** Whether a part of the path may look like a key: where the key is another field. */
  mayHoldId?: boolean;
}

/**
 * Alertmanager reads the text as it is written, by Go's parser, which mends less than that of JavaScript:
 * blanks, missing slashes, percent signs that are none or stand in the host. And it takes braces for a
 * template.
 */
const asGoReads = /^https?:\/\/[^\s/\\{}%\p{Cc}\p{Cs}]+(?:\/(?:[^\s\\{}%\p{Cc}\p{Cs}]|%[0-9a-f]{2})*)?$/iu;

/** Whether a host is one, and not the pod itself that asks. */
const isReachable = (hostname: string): boolean =>
  (hostname.startsWith('[') || isHost(hostname.replace(/\.$/, ''))) && !isLoopback(hostname);

/** Whether a text is an address that may stand in a stack file for everybody to read. */
export function isPlainAddress(text: string, { inCluster: local, mayHoldId = false }: AddressRules): boolean {
  if (!asGoReads.test(text) || !URL.canParse(text)) return false;
  const { protocol, username, password, search, hash, hostname, port, pathname } = new URL(text);
  if (port !== '' && !isPort(Number(port))) return false;
  if (!isReachable(hostname) || (!local && ofACluster.test(hostname))) return false;
  const encrypted = protocol === 'https:' || (local && protocol === 'http:' && inCluster.test(hostname));
  const secret = username + password + search + hash !== '' || isSecretHost(hostname);
  return encrypted && !secret && (mayHoldId || !pathname.split('/').some(looksLikeKey));
}

/** An address less what leads to the same place: case and last dot of the host, default port, last slash. */
export function placeOf(text: string): string {
  const url = new URL(text);
  url.hostname = url.hostname.replace(/\.$/, '');
  return url.href.replace(/\/+$/, '');
}

const plainAllowed = ({ inCluster: local }: AddressRules) =>
  'an https address without user, query and key, such as https://hooks.example.org/alerts' +
  (local ? ', or http to a Service of the cluster, http://NAME.NAMESPACE.svc:PORT/' : '') +
  '; one that holds a key is a secret: { configKey: NAME } or { secretName, key }';

/** An address in plain text. */
export const address = (rules: AddressRules) =>
  z.string({ error: plainAllowed(rules) }).refine((text) => isPlainAddress(text, rules), plainAllowed(rules));

/** An address in plain text, or one that is a secret. */
export const addressOrSecret = (rules: AddressRules) =>
  z.union([address(rules), secretRef()], { error: plainAllowed(rules) });

/** A secret that the configuration refers to by a key of the stack, and what it must be. */
export interface NeededSecret {
  configKey: string;
  use: 'address' | 'key';
}

/**
 * The encrypted keys that receivers and Watchdogs refer to, each once, read from what was written, so that a
 * missing one is told together with everything else that is wrong.
 */
export function neededSecrets(alertmanager: unknown): NeededSecret[] {
  const found = new Map<string, NeededSecret>();
  const walk = (value: unknown, field: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const { configKey: name } = value as { configKey?: unknown };
    if (typeof name === 'string' && configKey.test(name)) {
      found.set(name, { configKey: name, use: field === 'url' ? 'address' : 'key' });
    }
    for (const [key, inner] of Object.entries(value)) walk(inner, key);
  };
  walk(alertmanager, '');
  return [...found.values()];
}

/** Fields of a receiver whose values no message has to hide. */
const harmless = new Set([
  'name',
  'channel',
  'to',
  'from',
  'smarthost',
  'username',
  'region',
  'requireTls',
  'sendResolved',
  'maxAlerts',
  'every',
]);

/** Whether what stands under a key may be a secret, put there instead of a reference. */
export function mayBeSecret(key: string): boolean {
  const path = key.split('.');
  if (path[0] !== 'alertmanager' || (path[1] !== 'receivers' && path[1] !== 'watchdog')) return false;
  return !path.some((part) => harmless.has(part));
}
