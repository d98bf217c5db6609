/**
 * Fields of Alertmanager's configuration that prometheus-operator knows, as far as this project may use them:
 * the YAML keys of the structs in pkg/alertmanager/types.go of v0.93.0,
 * https://github.com/prometheus-operator/prometheus-operator. The operator reads the Secret by
 * `yaml.UnmarshalStrict` into them and writes it anew: a key that is not there makes it keep the last
 * configuration, and amtool says nothing of it. Alertmanager 0.34 knows each of them too (config/ and notify/
 * of v0.34.0); what it alone knows, such as `route.labels` and `inhibit_rules[].name`, must not be added
 * here.
 *
 * A nested object stands for a list of its kind as well.
 */
export interface Fields {
  readonly [key: string]: true | Fields;
}

const http = {
  http_config: { authorization: { type: true, credentials: true, credentials_file: true } },
} as const;

const route: Fields = {
  receiver: true,
  group_by: true,
  matchers: true,
  continue: true,
  group_wait: true,
  group_interval: true,
  repeat_interval: true,
  mute_time_intervals: true,
  active_time_intervals: true,
};

export const operatorFields: Fields = {
  // Routes hold routes: two levels below the root is as deep as ours go.
  route: { ...route, routes: { ...route, routes: route } },
  global: { resolve_timeout: true },
  inhibit_rules: { source_matchers: true, target_matchers: true, equal: true },
  // The operator takes Alertmanager's own type (config.TimeInterval).
  time_intervals: {
    name: true,
    time_intervals: {
      times: { start_time: true, end_time: true },
      weekdays: true,
      days_of_month: true,
      months: true,
      years: true,
      location: true,
    },
  },
  templates: true,
  receivers: {
    name: true,
    slack_configs: {
      ...http,
      send_resolved: true,
      api_url: true,
      api_url_file: true,
      app_token: true,
      app_token_file: true,
      app_url: true,
      channel: true,
      username: true,
      color: true,
      title: true,
      title_link: true,
      pretext: true,
      text: true,
      footer: true,
      fallback: true,
      timeout: true,
    },
    email_configs: {
      send_resolved: true,
      to: true,
      from: true,
      hello: true,
      smarthost: true,
      auth_username: true,
      auth_password: true,
      auth_password_file: true,
      auth_secret_file: true,
      auth_identity: true,
      headers: { Subject: true },
      html: true,
      text: true,
      require_tls: true,
      force_implicit_tls: true,
    },
    pagerduty_configs: {
      ...http,
      send_resolved: true,
      service_key_file: true,
      routing_key: true,
      routing_key_file: true,
      url: true,
      client: true,
      client_url: true,
      description: true,
      details: { firing: true },
      links: { href: true, text: true },
      severity: true,
      class: true,
      component: true,
      group: true,
      source: true,
      timeout: true,
    },
    msteamsv2_configs: {
      ...http,
      send_resolved: true,
      webhook_url: true,
      webhook_url_file: true,
      title: true,
      text: true,
    },
    incidentio_configs: {
      ...http,
      send_resolved: true,
      url: true,
      url_file: true,
      alert_source_token: true,
      alert_source_token_file: true,
      max_alerts: true,
      timeout: true,
    },
    webhook_configs: {
      ...http,
      send_resolved: true,
      url: true,
      url_file: true,
      max_alerts: true,
      timeout: true,
    },
    opsgenie_configs: {
      ...http,
      send_resolved: true,
      api_key: true,
      api_key_file: true,
      api_url: true,
      message: true,
      description: true,
      source: true,
      responders: { id: true, name: true, username: true, type: true },
      tags: true,
      note: true,
      priority: true,
    },
  },
};

/** Paths of keys that the operator does not know; list positions are left out. */
export function unknownToOperator(
  value: unknown,
  known: Fields | true = operatorFields,
  path = '',
): string[] {
  if (Array.isArray(value))
    return [...new Set(value.flatMap((item) => unknownToOperator(item, known, path)))];
  if (typeof value !== 'object' || value === null) return known === true ? [] : [`${path} is no structure`];
  if (known === true) return [`${path} is a structure`];
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = path === '' ? key : `${path}.${key}`;
    const field = known[key];
    if (field === undefined) return [place];
    // A list of texts, such as matchers, is a leaf.
    const leaf = field === true && Array.isArray(inner) && inner.every((item) => typeof item !== 'object');
    return leaf ? [] : unknownToOperator(inner, field, place);
  });
}
