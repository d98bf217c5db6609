import type { Receiver } from '../../config/alerting/receivers';
import type { SecretRef } from '../../config/alerting/secrets';
import { secretFile } from './alertmanager-secret-files';

interface HttpConfig {
  authorization: { type: 'Bearer'; credentials_file: string };
}

/**
 * A receiver, with the fields that are used here alone. The operator reads the file with a parser of its own,
 * which refuses what it does not know: `tests/components/prometheus-stack/operator-fields.ts` holds what it
 * knows.
 */
export interface ReceiverConfig {
  name: string;
  slack_configs?: {
    send_resolved: boolean;
    api_url_file?: string;
    app_token_file?: string;
    channel?: string;
    title: string;
    title_link: string;
    text: string;
  }[];
  email_configs?: {
    send_resolved: boolean;
    to: string;
    from: string;
    smarthost: string;
    auth_username?: string;
    auth_password_file?: string;
    require_tls: boolean;
    headers: { Subject: string };
    /** Empty: Alertmanager's own page of HTML would hide the text. */
    html: '';
    text: string;
  }[];
  pagerduty_configs?: {
    send_resolved: boolean;
    routing_key_file: string;
    url?: string;
    description: string;
    severity: string;
    class: string;
    group: string;
    client: string;
    client_url: string;
    details: Record<string, string>;
    /** One without an address is left out by Alertmanager. */
    links: { href: string; text: string }[];
  }[];
  msteamsv2_configs?: { send_resolved: boolean; webhook_url_file: string; title: string; text: string }[];
  incidentio_configs?: { send_resolved: boolean; url: string; http_config: HttpConfig }[];
  webhook_configs?: {
    send_resolved: boolean;
    url?: string;
    url_file?: string;
    http_config?: HttpConfig;
    max_alerts?: number;
  }[];
  opsgenie_configs?: {
    send_resolved: boolean;
    api_key_file: string;
    api_url?: string;
    message: string;
    description: string;
    priority: string;
    source: string;
  }[];
}

/** A message's part, by its name in `alertmanager-templates.ts`. */
const template = (name: string) => `{{ template "monitoring.${name}" . }}`;
const title = template('title');
const text = template('text');
const source = template('source');
const plainLinks = template('links');

const bearer = (token: SecretRef): HttpConfig => ({
  authorization: { type: 'Bearer', credentials_file: secretFile(token) },
});

/** A webhook, to people or to a Watchdog's outside address. */
export const webhookConfig = ({
  url,
  token,
  maxAlerts,
  sendResolved,
}: Omit<Receiver['webhook'][number], 'token' | 'maxAlerts'> & {
  token?: SecretRef | undefined;
  maxAlerts?: number | undefined;
}) => ({
  send_resolved: sendResolved,
  ...(typeof url === 'string' ? { url } : { url_file: secretFile(url) }),
  ...(token ? { http_config: bearer(token) } : {}),
  ...(maxAlerts === undefined ? {} : { max_alerts: maxAlerts }),
});

/** A receiver of the stack file as Alertmanager reads it. */
export function receiverConfig(receiver: Receiver): ReceiverConfig {
  const { name, slack, email, pagerduty, msteams, incidentio, webhook, opsgenie } = receiver;
  const all: Required<ReceiverConfig> = {
    name,
    slack_configs: slack.map(({ url, token, channel, sendResolved }) => ({
      send_resolved: sendResolved,
      ...(url ? { api_url_file: secretFile(url) } : {}),
      ...(token ? { app_token_file: secretFile(token) } : {}),
      ...(channel === undefined ? {} : { channel }),
      title,
      title_link: source,
      text: text + plainLinks,
    })),
    email_configs: email.map(({ to, from, smarthost, username, password, requireTls, sendResolved }) => ({
      send_resolved: sendResolved,
      to: to.join(', '),
      from,
      smarthost,
      ...(username === undefined ? {} : { auth_username: username }),
      ...(password ? { auth_password_file: secretFile(password) } : {}),
      require_tls: requireTls,
      headers: { Subject: title },
      html: '',
      text: text + plainLinks,
    })),
    pagerduty_configs: pagerduty.map(({ routingKey, region, sendResolved }) => ({
      send_resolved: sendResolved,
      routing_key_file: secretFile(routingKey),
      ...(region === 'eu' ? { url: `https://${hosts.pagerduty.eu}/v2/enqueue` } : {}),
      description: title,
      severity: template('severity'),
      class: '{{ .CommonLabels.alertname }}',
      group: '{{ .CommonLabels.cluster }}',
      client: 'monitoring',
      client_url: source,
      details: { firing: text },
      links: [
        { href: '{{ .CommonAnnotations.runbook_url }}', text: 'Runbook' },
        { href: template('silence'), text: 'Silence' },
      ],
    })),
    msteamsv2_configs: msteams.map(({ url, sendResolved }) => ({
      send_resolved: sendResolved,
      webhook_url_file: secretFile(url),
      title,
      text: text + template('links.markdown'),
    })),
    incidentio_configs: incidentio.map(({ url, token, sendResolved }) => ({
      send_resolved: sendResolved,
      url,
      // Not alert_source_token_file, which Alertmanager reads once, when it loads its configuration.
      http_config: bearer(token),
    })),
    webhook_configs: webhook.map(webhookConfig),
    opsgenie_configs: opsgenie.map(({ apiKey, region, sendResolved }) => ({
      send_resolved: sendResolved,
      api_key_file: secretFile(apiKey),
      ...(region === 'eu' ? { api_url: `https://${hosts.opsgenie.eu}/` } : {}),
      message: title,
      description: text + plainLinks,
      priority: template('priority'),
      source,
    })),
  };
  const used = Object.entries(all).filter(
    ([, value]: [string, unknown]) => !Array.isArray(value) || value.length > 0,
  );
  return Object.fromEntries(used) as unknown as ReceiverConfig;
}

/** Where accounts of a region other than the default one are. */
const hosts = {
  pagerduty: { eu: 'events.eu.pagerduty.com' },
  opsgenie: { eu: 'api.eu.opsgenie.com' },
} as const;
