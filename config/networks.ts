import { isIP } from 'node:net';
import { z } from 'zod';

/** Whether a number is that of a TCP port that something can listen on. */
export const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65_535;

const dnsLabel = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/** Whether a text is a DNS name of one or more labels, or an IPv4 address; without a dot at its end. */
export function isHost(text: string): boolean {
  if (isIP(text) === 4) return true;
  const labels = text.split('.');
  // A name whose last label is a number would be read as a broken address.
  return (
    text.length <= 253 && labels.every((label) => dnsLabel.test(label)) && !/^\d+$/.test(labels.at(-1) ?? '')
  );
}

/** Whether a host is the one that asks, whoever that is: a pod that goes there meets itself. */
export const isLoopback = (host: string): boolean =>
  /^(?:(?:.*\.)?localhost\.?|127\..*|0\.0\.0\.0|\[(?:::1?|::ffff:7f.*|::ffff:0:0)\])$/i.test(host);

/** Whether a text is a host, and after a colon a port. */
export function isHostAndPort(text: string): boolean {
  const [host = '', port, ...more] = text.split(':');
  return (
    more.length === 0 &&
    isHost(host) &&
    (port === undefined || (/^\d{1,5}$/.test(port) && isPort(Number(port))))
  );
}

// NAME.NAMESPACE.svc, of 63 characters each at most, stands before it.
const allowedDomain = (most: number) =>
  `a DNS name in lower-case ASCII of at most ${most} characters, without a dot at its end, such as cluster.local`;

/** The domain of a cluster's Services, of one label or more. */
export const clusterDomain = () =>
  z
    .string({ error: allowedDomain(100) })
    .refine(
      (text) => isHost(text) && isIP(text) === 0 && text === text.toLowerCase() && text.length <= 100,
      allowedDomain(100),
    )
    .refine(
      (text) => !text.startsWith('svc.'),
      'the domain without svc., which the program writes before it',
    );

const allowedServer =
  'the https URL of the API server, without user and query, such as https://192.168.101.194:6443';

/** Where the API server answers. A path is allowed, since proxies have one. */
export const apiServer = () =>
  z.string({ error: allowedServer }).refine((text) => {
    if (!/^https:\/\/[^\s/\\?#]+(\/[^\s\\?#]*)?$/i.test(text) || !URL.canParse(text)) return false;
    const { username, password, port, hostname } = new URL(text);
    // As it is written: a URL reads 192.168.101 as 192.168.0.101, and 0300 as 192.
    const asWritten = text.slice('https://'.length).toLowerCase().startsWith(hostname) && isHost(hostname);
    return username + password === '' && port !== '0' && (hostname.startsWith('[') || asWritten);
  }, allowedServer);

const numberOf = (address: string): number =>
  address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

const textOf = (number: number): string =>
  [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join('.');

const allowedAddress =
  'an IPv4 address such as 192.168.101.210, none of 0.0.0.0/8, 127.0.0.0/8, 169.254.0.0/16 and 224.0.0.0/3';

/** An address that a Service may have: none of this host alone, of a link, of many, or of nobody. */
export const serviceAddress = () =>
  z.string({ error: allowedAddress }).refine((text) => {
    if (isIP(text) !== 4) return false;
    const [first = 0, second] = text.split('.').map(Number);
    return first !== 0 && first !== 127 && first < 224 && !(first === 169 && second === 254);
  }, allowedAddress);

const allowedNetwork = 'an IPv4 network such as 192.168.101.0/24';

/** A network by its first address: any other leaves open whether the network or the one address is meant. */
export const network = () =>
  z.string({ error: allowedNetwork }).superRefine((text, context) => {
    const [, address = '', written = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(text) ?? [];
    const bits = Number(written);
    const add = (message: string) => {
      context.addIssue({ code: 'custom', message });
    };
    if (isIP(text) === 4) {
      add(`${text}/32 for the one address, or ${allowedNetwork.replace('an IPv4', 'a')}`);
      return;
    }
    if (isIP(address) !== 4 || written !== String(bits) || bits > 32) {
      add(allowedNetwork);
      return;
    }
    const size = 2 ** (32 - bits);
    const first = textOf(Math.floor(numberOf(address) / size) * size);
    if (first !== address) add(`${first}/${bits} for the network, or ${address}/32 for the one address`);
  });
