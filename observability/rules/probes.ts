import { certificateEnd } from './certificates';
import { freshFor } from './edges';
import type { ProbeFacts, RuleFacts } from './facts';
import type { AlertingRule, RuleGroup } from './rule-group';
import { answering } from './thanos-parts';

/** Five probes in a row, one a minute: a part that moves, or a name that is moved, is there again by then. */
const lasting = '5m';

/**
 * For an edge one less: with the two minutes that its newest sample may be old, and one until the next probe,
 * seven after the last readable sample. It must fire before any alert that it explains, of which the first
 * comes after eight (EdgeSamplesLate).
 */
const unreadable = '4m';

/**
 * How long a name that has answered is asked for: a week, as targets are (targets.ts), of three series of one
 * sample a minute. A name that was never seen from within the centre is no alert: where it has no address
 * there, or the way back in is closed, it would fire for ever. The doctor says so.
 */
export const remembered = '7d';

/**
 * Days before the end of a certificate that a host shows. cert-manager renews with a third of the life left,
 * of 90 days 30 and of 45 days 15, and this stack with 90 days: with ten left it has failed for days.
 */
const certificateDays = { warning: 10, critical: 3 };

/**
 * What people and edges get of the centre, asked by the blackbox exporter from outside of the parts that
 * serve it. Where a part is gone its own alert says so, and none of these. When the exporter is gone the
 * chart's TargetDown says it: its probes stay targets.
 */
export const probes = (facts: RuleFacts): RuleGroup => ({
  name: 'probes',
  evaluator: 'prometheus',
  rules: facts.probes
    ? [
        ...(facts.edges.length > 0 ? ofEdges(facts, facts.probes) : []),
        ...ofReceive(facts, facts.probes),
        ...(facts.probes.names ? ofNames(facts.probes.names) : []),
        ...certificatesServed(facts.probes),
      ]
    : [],
});

const ofEdges = (facts: RuleFacts, { edges: job }: ProbeFacts): AlertingRule[] => {
  const { query, queryFrontend, receive } = facts;
  return [
    {
      alert: 'EdgeNotReadable',
      // Answered, and with nothing; while the ingestors, asked directly, have samples that are as fresh as
      // the probe wants them. An edge that is late, or catches up, is neither.
      expr: `max by (edge) (probe_failed_due_to_regex{job="${job}"}) == 1
and on (edge)
label_replace(time() - max by (tenant) (prometheus_tsdb_head_max_time{job="${receive.job}",tenant!=""}) / 1000 < ${freshFor}, "edge", "$1", "tenant", "(.+)")`,
      for: unreadable,
      labels: { severity: 'critical', cluster: '{{ $labels.edge }}', explains: 'edge' },
      annotations: {
        summary: 'Receive has fresh samples of {{ $labels.edge }}, and query-frontend does not show them',
        description:
          'The edge is well. Dashboards show its past, and rules take it for silent: the fault is between Query and the ingestors.',
      },
    },
    {
      alert: 'ThanosQueryFrontendUnreachable',
      // 5xx are ThanosQueryErrors'; 0 is no answer within ten seconds.
      expr: `(max(probe_http_status_code{job="${job}"}) != 200) < 500
unless on ()
${answering(queryFrontend)} == 0
unless on ()
${answering(query)} == 0`,
      for: lasting,
      labels: { severity: 'critical' },
      annotations: {
        summary: 'query-frontend is up and answers no query (status {{ $value }}; 0: nothing)',
        description:
          'Grafana and people get no answer either; rules still do. 401: its password is not the one in its Secret.',
      },
    },
  ];
};

const ofReceive = (facts: RuleFacts, { receive, refusal }: ProbeFacts): AlertingRule[] => [
  {
    alert: 'ThanosReceiveHandshakeFailing',
    expr: `max(probe_success{job="${receive}"}) == 0
unless on ()
${answering(facts.receiveRouter)} == 0`,
    for: '3m',
    labels: { severity: 'critical' },
    annotations: {
      summary: "Receive is up and does not show a certificate of the stack's authority for its host",
      description: `No edge trusts it. Their agents keep what they scrape for ${facts.outage.toString()}.`,
    },
  },
  {
    alert: 'ThanosReceiveAdmitsAnybody',
    // Any answer at all: a client without a certificate must not get through the handshake. No `for`, since
    // nothing passing looks like this.
    expr: `max(probe_http_status_code{job="${refusal}"}) > 0`,
    labels: { severity: 'critical' },
    annotations: {
      summary: 'Receive answers a client that shows no certificate (status {{ $value }})',
      description:
        'The handshake should have refused it. One flag is left that keeps whoever reaches the port from writing as any edge.',
    },
  },
];

const ofNames = ({ job, hosts }: NonNullable<ProbeFacts['names']>): AlertingRule[] =>
  hosts.map(({ host, behind, inside }) => {
    const answers = `probe_success{job="${job}",host="${host}"}`;
    const told = [
      ...(behind ? [answering(behind)] : []),
      ...(inside === undefined ? [] : [`max(probe_success{job="${inside}"})`]),
    ];
    return {
      alert: 'PublicNameNotAnswering',
      expr: `${answers} == 0
and
max_over_time(${answers}[${remembered}]) > 0${told.map((each) => `\nunless on ()\n${each} == 0`).join('')}`,
      for: lasting,
      labels: { severity: 'critical', host },
      annotations: {
        summary: '{{ $labels.host }} does not answer as it did',
        description:
          'Asked from within the centre: it has no address, nobody answers, or its certificate or its answer is another. What is behind it is up.',
      },
    };
  });

/**
 * What is shown, whoever made it. What this stack has made and not renewed is CertificateExpiring's; this
 * tells of a renewed one that is not shown, and of those of cert-manager and of people.
 */
const certificatesServed = ({ receive, names }: ProbeFacts): AlertingRule[] =>
  (['warning', 'critical'] as const).map((severity) => {
    const seconds = certificateDays[severity] * 24 * 3600;
    const jobs = [receive, ...(names ? [names.job] : [])].join('|');
    return {
      alert: 'ServedCertificateExpiring',
      expr: `min by (certificate) (probe_ssl_earliest_cert_expiry{job=~"${jobs}"}) - time() < ${seconds}
unless on (certificate)
${certificateEnd} - time() < ${seconds}`,
      labels: { severity },
      annotations: {
        summary:
          'What shows the certificate "{{ $labels.certificate }}" shows one that ends in {{ $value | humanizeDuration }}',
        description:
          'Whoever renews it has not, or what serves it still shows the old one. Then clients refuse the host.',
      },
    };
  });
