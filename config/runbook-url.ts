import { isHost, isPort } from './networks';

/** What `runbookUrl` may be, for messages. */
export const allowedRunbooks =
  'an address without user, or a path, without a slash at its end, such as https://git.example.org/monitoring/docs/runbooks';

/** Links are put into every alert: longer ones, into every message. */
const longest = 2000;

/** A part between slashes. No query and no fragment, since /ALERT.md follows; no braces: a template. */
const part = /^(?:[^\s/:?#{}"\\%$\p{C}\p{Z}]|%[0-9a-f]{2})+$/iu;

/** Whether a text is the beginning of links to runbooks: an address that a browser opens, or a path. */
export function isRunbookUrl(text: string): boolean {
  const [, authority, rest] = /^https?:\/\/([^/]*)(.*)$/s.exec(text) ?? [];
  if (text.length > longest) return false;
  if (authority === undefined) return !text.startsWith('~') && text.split('/').every((one) => part.test(one));
  const [, host = '', port] = /^([^:@]*)(?::(\d{1,5}))?$/.exec(authority) ?? [];
  const parts = (rest ?? '').split('/').slice(1);
  return isHost(host) && (port === undefined || isPort(Number(port))) && parts.every((one) => part.test(one));
}
