import { z } from 'zod';
import { isHostAndPort, isLoopback } from '../networks';
import { count } from '../scalars';
import { plainText } from '../texts';
import { address, addressOrSecret, secretRef } from './secrets';
import { name } from './time-intervals';

/** Receivers that this stack makes itself; a receiver of the stack file may not be called so. */
export const ownReceivers = {
  none: 'none',
  ruler: 'watchdog-ruler',
  prometheus: 'watchdog-prometheus',
} as const;

/**
 * The last day of Opsgenie's REST API, by Atlassian (https://support.atlassian.com/opsgenie/, "Opsgenie's end
 * of support").
 */
export const opsgenieEnds = '2027-04-05';

const outside = { inCluster: false };
const anywhere = { inCluster: true };

const sendResolved = z.boolean().default(true).describe('whether the end of an alert is told too');

const mailbox = () => z.email({ error: 'an e-mail address in ASCII such as ops@example.org' });

const slack = z
  .strictObject({
    url: secretRef().optional().describe('incoming webhook of a Slack app'),
    token: secretRef().optional().describe('bot token (`xoxb-…`) with `chat:write`, instead of `url`'),
    channel: z
      .string({ error: 'a channel such as #alerts' })
      .regex(/^[#@]?[\p{L}\p{M}\p{N}_.-]+$/u, 'a channel such as #alerts')
      .optional()
      .describe('such as `#alerts`; needed with `token`'),
    sendResolved,
  })
  .superRefine(({ url, token, channel }, context) => {
    if ((url === undefined) === (token === undefined)) {
      context.addIssue({ code: 'custom', path: ['url'], message: 'either url or token' });
    }
    if (token !== undefined && channel === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['channel'],
        message: 'a channel such as #alerts: a token alone names none',
      });
    }
  });

const email = z
  .strictObject({
    to: z.array(mailbox()).min(1, 'at least one e-mail address'),
    from: mailbox(),
    smarthost: z
      .string({ error: 'HOST:PORT of a mail server' })
      .refine(
        (text) => text.includes(':') && isHostAndPort(text),
        'HOST:PORT of a mail server in ASCII with a port from 1 to 65535, such as smtp.example.org:587',
      )
      .refine(
        (text) => !isLoopback(text.split(':')[0] ?? ''),
        'a mail server other than Alertmanager’s own pod, to which this address leads',
      )
      .describe('mail server as HOST:PORT; TLS from the beginning on port 465, else by STARTTLS'),
    username: plainText('a user name without invisible characters and outer blanks').optional(),
    password: secretRef().optional(),
    requireTls: z.boolean().default(true).describe('false only for a relay that has no TLS'),
    sendResolved,
  })
  .superRefine(({ username, password }, context) => {
    if ((username === undefined) !== (password === undefined)) {
      const missing = username === undefined ? 'username' : 'password';
      context.addIssue({ code: 'custom', path: [missing], message: 'username and password, or neither' });
    }
  });

const region = z.enum(['us', 'eu'], { error: 'us or eu' }).default('us').describe('where the account is');

const pagerduty = z.strictObject({
  routingKey: secretRef().describe('integration key of Events API v2'),
  region,
  sendResolved,
});

const msteams = z.strictObject({
  url: secretRef().describe('address of a Workflows webhook of Microsoft Teams'),
  sendResolved,
});

const incidentio = z.strictObject({
  url: address({ ...outside, mayHoldId: true }).describe(
    'address of the alert source, `https://api.incident.io/v2/…`',
  ),
  token: secretRef().describe('its token'),
  sendResolved,
});

const webhook = z.strictObject({
  url: addressOrSecret(anywhere).describe(
    'https, or http to a Service of the cluster (`http://NAME.NAMESPACE.svc:PORT/`); a secret where it holds a key',
  ),
  token: secretRef().optional().describe('sent as `Authorization: Bearer …`'),
  maxAlerts: count(1, 10_000).optional().describe('alerts in one message; default: all'),
  sendResolved,
});

const opsgenie = z.strictObject({
  apiKey: secretRef().describe(`until ${opsgenieEnds}, when Opsgenie ends`),
  region,
  sendResolved,
});

const own: readonly string[] = Object.values(ownReceivers);

/** Whom to tell, by one or more ways. */
export const receiver = () =>
  z.strictObject({
    name: name().refine(
      (text) => !own.includes(text),
      `a name other than ${own.join(', ')}, which this stack uses`,
    ),
    slack: z.array(slack).default([]),
    email: z.array(email).default([]),
    pagerduty: z.array(pagerduty).default([]),
    msteams: z.array(msteams).default([]).describe('Microsoft Teams, by Workflows'),
    incidentio: z.array(incidentio).default([]).describe('incident.io'),
    webhook: z.array(webhook).default([]).describe('JSON by HTTP, in Alertmanager’s own format'),
    opsgenie: z.array(opsgenie).default([]).describe(`Opsgenie, which ends on ${opsgenieEnds}`),
  });

export type Receiver = z.output<ReturnType<typeof receiver>>;

/** The ways of a receiver, as its keys. */
export const integrations = [
  'slack',
  'email',
  'pagerduty',
  'msteams',
  'incidentio',
  'webhook',
  'opsgenie',
] as const satisfies readonly (keyof Receiver)[];

const watchdogAddress = () =>
  z.strictObject({
    url: addressOrSecret(outside).describe(
      'https address of an outside service that calls when nothing comes',
    ),
    token: secretRef().optional().describe('sent as `Authorization: Bearer …`'),
  });

/** Outside addresses that are told all the time, so that silence is noticed there. */
export const watchdogAddresses = () => ({
  ruler: watchdogAddress()
    .optional()
    .describe('told by the alert Watchdog of the Ruler: Query and the Ruler work'),
  prometheus: watchdogAddress().optional().describe('told by the alert Watchdog of the central Prometheus'),
});
