/** Chats and the like: whoever has the address may write there. */
const hooks = [
  ...['hooks.slack.com', 'hooks.slack-gov.com', 'discord.com', 'discordapp.com', 'chat.googleapis.com'],
  ...['webhook.office.com', 'outlook.office.com', 'logic.azure.com', 'api.powerplatform.com'],
  ...['webexapis.com', 'open.feishu.cn', 'open.larksuite.com', 'oapi.dingtalk.com', 'qyapi.weixin.qq.com'],
  ...['api.telegram.org', 'ntfy.sh', 'hooks.zapier.com', 'maker.ifttt.com', 'make.com', 'integromat.com'],
  ...['webhook.site', 'pipedream.net'],
];

/** Incidents: whoever has the address may wake somebody. */
const incidents = [
  ...['events.pagerduty.com', 'events.eu.pagerduty.com', 'alert.victorops.com', 'api.squadcast.com'],
  ...['zenduty.com', 'pagertree.com', 'alertops.com', 'grafana.net'],
];

/** Heartbeats: whoever has the address may keep a Watchdog quiet. */
const heartbeats = [
  ...['hc-ping.com', 'hchk.io', 'nosnch.in', 'cronitor.link', 'cronitor.io', 'cronhub.io', 'wdt.io'],
  ...['betterstack.com', 'betteruptime.com', 'heartbeat.uptimerobot.com', 'ping.ohdear.app'],
  ...['pulse.updown.io', 'ping.checklyhq.com', 'pshmn.com', 'sentry.io'],
];

const secretHosts = [...hooks, ...incidents, ...heartbeats];

/**
 * Whether addresses of a host are secret however they look, by their path or their query; so are those of all
 * names below it.
 *
 * @param hostname as a URL has it, in lower case
 */
export const isSecretHost = (hostname: string): boolean => isBelow(secretHosts, hostname);

function isBelow(hosts: readonly string[], hostname: string): boolean {
  // nosnch.in. is the same host.
  const name = hostname.replace(/\.$/, '');
  return hosts.some((host) => name === host || name.endsWith(`.${host}`));
}

/**
 * A part of a path that is a key rather than a word: a UUID, a hexadecimal number, or long with letters and
 * several digits.
 */
export function looksLikeKey(part: string): boolean {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(part)) return true;
  const digits = (part.match(/\d/g) ?? []).length;
  if (/^[0-9a-f]{8,}$/i.test(part) && digits >= 2 && digits < part.length) return true;
  return part.length >= 16 && /[A-Za-z]/.test(part) && digits >= 3;
}

/** Addresses with a path in a text, with or without `https://`. */
const addresses = (text: string): { host: string; parts: string[] }[] =>
  [...text.matchAll(/((?:[a-z0-9-]+\.)+[a-z]+\.?)(?::\d+)?\/([^\s"'\\?#]+)/gi)].map(
    ([, host = '', path = '']) => ({ host: host.toLowerCase(), parts: path.split('/') }),
  );

/** Whether a text may have an address in it that is secret: of such a host, and more than the host. */
export const mayHoldSecretAddress = (text: string): boolean =>
  addresses(text).some(({ host }) => isSecretHost(host));

/** Whether it has one for sure: a chat's, with a key in its path. Others have pages, which people link to. */
export const holdsHook = (text: string): boolean =>
  addresses(text).some(({ host, parts }) => isBelow(hooks, host) && parts.some(looksLikeKey));
