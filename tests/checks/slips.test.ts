import { checkedConfig } from '../../checks/config';
import type { CentralConfig } from '../../config/central';
import type { RawConfig } from '../../config/raw';
import { environment, more, said, written } from '../support/written-stack';

const config = (raw: RawConfig) => checkedConfig(raw) as CentralConfig;

describe('a value whose meaning is plain', () => {
  it.each<[string, RawConfig, (config: CentralConfig) => unknown, unknown]>([
    [
      'whole cores',
      more('query: { resources: { limits: { cpu: 2 } } }'),
      (c) => c.query.resources.limits.cpu.millicores,
      2000,
    ],
    [
      'half a core',
      more('query: { resources: { requests: { cpu: 0.5 } } }'),
      (c) => c.query.resources.requests.cpu.millicores,
      500,
    ],
    ['bytes', more('grafana: { storage: 2147483648 }'), (c) => c.grafana.storage.kubernetes, '2Gi'],
    ['a number in quotes', more('query: { replicas: "3" }'), (c) => c.query.replicas, 3],
    ['an octal number', more('query: { replicas: 010 }'), (c) => c.query.replicas, 8],
    ['underscores', more('edgeDefaults: { series: 60_000 }'), (c) => c.edges[0]?.series, 60_000],
    ['an exponent', more('prometheus: { series: 5e4 }'), (c) => c.prometheus.series, 50_000],
    [
      'a truth in quotes',
      more('blackboxExporter: { enabled: "false" }'),
      (c) => c.blackboxExporter.enabled,
      false,
    ],
    [
      'a port in quotes',
      more('blackboxExporter: { egress: ["8443"] }'),
      (c) => c.blackboxExporter.egress,
      [8443],
    ],
    [
      'a list whose entries are commented out',
      written({ line: ['    - name: cluster-02\n', '    # - name: cluster-02\n'] }),
      (c) => c.edges,
      [],
    ],
    ['bytes by an exponent', more('grafana: { storage: "1e10" }'), (c) => c.grafana.storage.bytes, 1e10],
    [
      'a year',
      more('compactor: { retention: { oneHour: 1y } }'),
      (c) => c.compactor.retention.oneHour.toString(),
      '365d',
    ],
    [
      'no time to wait',
      more('alertmanager: { default: { groupWait: 0s } }'),
      (c) => c.alertmanager.default.groupWait.toString(),
      '0s',
    ],
    ['a mapping whose keys are commented out', more('query:\n    # replicas: 3'), (c) => c.query.replicas, 2],
    [
      'the same inside of another',
      more('receive:\n    loadBalancer:'),
      (c) => c.receive.loadBalancer.annotations,
      {},
    ],
    [
      'a number in quotes where a text is wanted',
      environment('"1.10"'),
      (c) => c.cluster.environment,
      '1.10',
    ],
  ])('is taken for it: %s', (_, raw, value, expected) => {
    expect(value(config(raw))).toEqual(expected);
  });

  it('is not guessed from digits that are not ASCII, a sign, a blank or a fraction', () => {
    const counts = ['"٣"', '"+3"', '" 3"', '"3.0"', '"03"', '3.5', '"1e1"'].map((text) =>
      more(`query: { replicas: ${text} }`),
    );
    expect(counts.map((raw) => said(raw).length)).toEqual(counts.map(() => 1));
  });
});

const label =
  'a label value: letters, digits, inner blanks and signs except quotes, backslashes, braces and $, at most 128 characters';
const key =
  'the key of an annotation: NAME or PREFIX/NAME, with a name of at most 63 ASCII letters, digits, -, _ and . and a DNS name as prefix';

describe('a slip', () => {
  it.each<[string, RawConfig, string]>([
    [
      'a version that YAML makes another number of',
      environment('1.10'),
      `monitoring:cluster.environment: found 1.1; allowed: ${label}. Write it in quotes: YAML has made a number of it.`,
    ],
    [
      'a truth where a text is wanted',
      more('ingress: { annotations: { a: true } }'),
      'monitoring:ingress.annotations.a: found true; allowed: the text of an annotation. Write it in quotes: YAML has made true or false of it.',
    ],
    [
      'an edge named by a number',
      written({ line: ['- name: cluster-02', '- name: 7'] }),
      'monitoring:edges.0.name: found 7; allowed: a DNS label. Write it in quotes: YAML has made a number of it.',
    ],
    [
      'a date',
      environment('2026-01-01'),
      'monitoring:cluster.environment: found "2026-01-01 00:00:00 +0000 UTC"; allowed: a label value; a date in quotes, since YAML makes another text of it. Change it in the stack file.',
    ],
    [
      'a character without a shape, which the message shows',
      environment('"prod\\u200buction"'),
      `monitoring:cluster.environment: found "prod\\u{200b}uction"; allowed: ${label}. Change it in the stack file.`,
    ],
    [
      'accents as characters of their own',
      environment('"Zu\\u0308rich"'),
      'monitoring:cluster.environment: found "Zu\u0308rich"; allowed: a label value in composed characters (Unicode NFC). Change it in the stack file.',
    ],
    [
      'an environment variable',
      environment('$HOME'),
      `monitoring:cluster.environment: found "$HOME"; allowed: ${label}. Change it in the stack file.`,
    ],
    [
      'nobody, which Kubernetes takes for everybody',
      more('receive: { loadBalancer: { sourceCidrs: [] } }'),
      'monitoring:receive.loadBalancer.sourceCidrs: found []; allowed: at least one network: Kubernetes takes an empty list for everybody. Change it in the stack file.',
    ],
    [
      'an address that stands for a network',
      more('receive: { loadBalancer: { sourceCidrs: [10.0.0.5/24] } }'),
      'monitoring:receive.loadBalancer.sourceCidrs.0: found "10.0.0.5/24"; allowed: 10.0.0.0/24 for the network, or 10.0.0.5/32 for the one address. Change it in the stack file.',
    ],
    [
      'an edge that is only a name',
      written({ line: ['- name: cluster-02', '- cluster-02'] }),
      'monitoring:edges.0: found "cluster-02"; allowed: { name: NAME }, such as { name: cluster-02 }. Change it in the stack file.',
    ],
    [
      'a value that was forgotten',
      more('grafana: { storage: }'),
      'monitoring:grafana.storage: found nothing; allowed: an amount of bytes such as 512Mi, 2Gi or 500MB, at least 64Mi, at most 64Ti. Change it in the stack file.',
    ],
    [
      'the key of an annotation that Kubernetes refuses',
      more('ingress: { annotations: { "bad key!!": x } }'),
      `monitoring:ingress.annotations.bad key!!: found the key "bad key!!"; allowed: ${key}. Correct the key in the stack file.`,
    ],
    [
      'a block that the Compactor cannot merge',
      more('receive: { blockDuration: 90m }'),
      'monitoring:receive.blockDuration: found "90m"; allowed: a part of two hours without a rest, such as 2h, 1h, 30m or 2m: the Compactor merges blocks into ranges of two hours. Change it in the stack file.',
    ],
    [
      'a path that the shell would have expanded',
      written({ line: ['context: cluster-01', 'context: cluster-01\n    kubeconfig: ~/.kube/lab'] }),
      'monitoring:cluster.kubeconfig: found "~/.kube/lab"; allowed: the path of a kubeconfig file; ~ and $NAME mean nothing here, write it out. Change it in the stack file.',
    ],
    [
      'a time without a unit, which no quotes would mend',
      more('prometheus: { scrapeInterval: 30 }'),
      'monitoring:prometheus.scrapeInterval: found 30; allowed: a duration such as 30s, 6h or 15d, at most 1m. Change it in the stack file.',
    ],
    [
      'an address as a domain',
      written({ line: ['monitoring.example.org', '192.168.1.1'] }),
      'monitoring:cluster.domain: found "192.168.1.1"; allowed: a DNS name, no address, such as grafana.example.org. Change it in the stack file.',
    ],
    [
      'anybody, which Kubernetes makes of nobody',
      more('networkPolicies: { egress: [{ from: grafana, to: [], ports: [443] }] }'),
      'monitoring:networkPolicies.egress.0.to: found []; allowed: at least one peer: Kubernetes takes an empty list for anywhere. Change it in the stack file.',
    ],
    [
      'one address in the place of a network',
      more('receive: { loadBalancer: { sourceCidrs: [10.0.0.5] } }'),
      'monitoring:receive.loadBalancer.sourceCidrs.0: found "10.0.0.5"; allowed: 10.0.0.5/32 for the one address, or a network such as 192.168.101.0/24. Change it in the stack file.',
    ],
    [
      'one text in the place of a list',
      more('receive: { loadBalancer: { sourceCidrs: 10.0.0.0/8 } }'),
      'monitoring:receive.loadBalancer.sourceCidrs: found "10.0.0.0/8"; allowed: a list. Write it in brackets: [ ].',
    ],
    [
      'an address that a URL reads as another',
      written({ line: ['https://192.0.2.1:6443', 'https://192.0.2:6443'] }),
      'monitoring:cluster.server: found "https://192.0.2:6443"; allowed: the https URL of the API server, without user and query, such as https://192.168.101.194:6443. Change it in the stack file.',
    ],
    [
      "hosts in the cluster's own domain",
      written({ line: ['monitoring.example.org', 'monitoring.cluster.local'] }),
      'monitoring:cluster.domain: found monitoring.cluster.local; allowed: a domain outside of cluster.clusterDomain (cluster.local), which only pods of this cluster resolve. Change it in the stack file.',
    ],
    [
      'svc., which stands before the domain anyway',
      written({ line: ['context: cluster-01', 'context: cluster-01\n    clusterDomain: svc.cluster.local'] }),
      'monitoring:cluster.clusterDomain: found "svc.cluster.local"; allowed: the domain without svc., which the program writes before it. Change it in the stack file.',
    ],
    [
      'a folder of charts that the shell would have expanded',
      more('charts: { directory: ~/charts }'),
      'monitoring:charts.directory: found "~/charts"; allowed: the path of a folder; ~ and $NAME mean nothing here, write it out. Change it in the stack file.',
    ],
    [
      'runbooks at a port that nothing listens on',
      more('runbookUrl: https://git.example.org:99999/x'),
      'monitoring:runbookUrl: found "https://git.example.org:99999/x"; allowed: an address without user, or a path, without a slash at its end, such as https://git.example.org/monitoring/docs/runbooks. Change it in the stack file.',
    ],
    [
      'runbooks by a token, which no message repeats',
      more('runbookUrl: https://token123@git.example.org/x'),
      'monitoring:runbookUrl: found "https://[hidden]@git.example.org/x"; allowed: an address without user, or a path, without a slash at its end, such as https://git.example.org/monitoring/docs/runbooks. Change it in the stack file.',
    ],
    [
      'a list that came out of a program',
      more(`networkPolicies: { apiServerPorts: [${Array(60_000).fill(6443).join(', ')}] }`),
      'monitoring:networkPolicies: found 300020 bytes; allowed: at most 262144 bytes. Shorten it: the API server takes no object of more than 1 MiB.',
    ],
    [
      'more routes than anybody reads',
      more(`alertmanager: { routes: [${Array(501).fill('{ receiver: a }').join(', ')}] }`),
      'monitoring:alertmanager.routes: found [{"receiver":"a"},{"receiver":"a"},{"receiver":"a"},{"receiver":"a"},{"receiv...; allowed: at most 500 routes. Change it in the stack file.',
    ],
    [
      'a number that is too large for JavaScript, once',
      more('prometheus: { series: 9007199254740993 }'),
      'monitoring:prometheus.series: found 9007199254740992; allowed: a whole number from 1000 to 100000000. Change it in the stack file.',
    ],
    [
      'a key with a character that nobody sees',
      written({ more: '  "monitoring:outage\\u200b": 6h\n' }),
      'monitoring:outage\\u{200b}: found "6h"; allowed: no such key. Remove it, or correct its name (docs/config.md lists every key).',
    ],
    [
      'a dot in the place of the colon',
      written({ more: '  monitoring.outage: 6h\n' }),
      'monitoring:monitoring.outage: found "6h"; allowed: no such key. Write monitoring:outage, with a colon.',
    ],
    [
      'a password in an address, which no message repeats',
      written({ line: ['https://192.0.2.1:6443', 'https://admin:hunter2@192.0.2.1:6443'] }),
      'monitoring:cluster.server: found "https://admin:[hidden]@192.0.2.1:6443"; allowed: the https URL of the API server, without user and query, such as https://192.168.101.194:6443. Change it in the stack file.',
    ],
    [
      'a token in the query of an address',
      written({ line: ['https://192.0.2.1:6443', 'https://192.0.2.1:6443?token=hunter2'] }),
      'monitoring:cluster.server: found something that is not shown, since it may be a secret; allowed: the https URL of the API server, without user and query, such as https://192.168.101.194:6443. Change it in the stack file.',
    ],
    [
      'a secret within the value of another type',
      more('outage: { secret_key: hunter2 }'),
      'monitoring:outage: found something that is not shown, since it may be a secret; allowed: a duration such as 30s, 6h or 15d, at least 1m. Change it in the stack file.',
    ],
    [
      'a token that is known by its beginning',
      more('receive: { loadBalancer: { annotations: { example.org/x: ghp_hunter2hunter2 } } }'),
      'monitoring:receive.loadBalancer.annotations.example.org/x: found a token that is not shown; allowed: no secret in plain text. Remove it, and replace it where it is issued: it stands in the stack file.',
    ],
    [
      'a label of a selector with a prefix in capitals',
      more(
        'networkPolicies: { egress: [{ from: grafana, to: [{ podLabels: { Example.COM/name: v } }], ports: [443] }] }',
      ),
      'monitoring:networkPolicies.egress.0.to.0.podLabels.Example.COM/name: found the key "Example.COM/name"; allowed: labels of Kubernetes: NAME or PREFIX/NAME, and a value of at most 63 ASCII letters, digits, -, _ and .. Correct the key in the stack file.',
    ],
    [
      'a secret in plain under a name that nobody knows',
      more('objectStorePasword: hunter2'),
      'monitoring:objectStorePasword: found a value that is not shown; allowed: no such key. Remove it, or correct its name (docs/config.md lists every key).',
    ],
    [
      'a path as a key, as pulumi config set writes it without --path',
      more('prometheus.storage: 5Gi'),
      'monitoring:prometheus.storage: found "5Gi"; allowed: no such key. Write it below prometheus: as { storage: … }; pulumi config set needs --path for that.',
    ],
  ])('is refused: %s', (_, raw, line) => {
    expect(said(raw)).toEqual([`  ${line}`]);
  });
});
