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
export function isSecretHost(hostname: string): boolean {
  // nosnch.in. is the same host.
  const name = hostname.replace(/\.$/, '');
  return secretHosts.some((host) => name === host || name.endsWith(`.${host}`));
}
