import { edgeChecks, type EdgeSeen } from '../../../tools/doctor/edge';
import { findings } from '../../../tools/doctor/report';
import { edgeConfig } from '../../support/stack-configs';
import { edgeSeen, now, unixNow, unseen } from './healthy';

const checks = edgeChecks(edgeConfig());
const found = (check: string, changes: Partial<EdgeSeen>) =>
  findings(checks, { ...edgeSeen(), ...changes }).find(({ name }) => name === check);

const agent = { pod: 'agent-0', scraped: unixNow, sent: unixNow, pending: 0, failed: 0, retried: 0 };
const centre = edgeSeen().centre;
const heard = 'value' in centre ? centre.value : undefined;

describe('an edge stack', () => {
  it('with which all is well is well in every check', () => {
    const set = 'prom-agent-kube-prometheus-stack-prometheus';
    expect(
      findings(checks, edgeSeen()).map(({ name, status, found: text }) => `${status} ${name}: ${text}`),
    ).toEqual([
      'well pods: 1 pods are as they should be',
      'well versions: kube-prometheus-stack-88.5.3; quay.io/thanos/thanos:v0.42.4, docker.io/library/busybox:1.37.0, quay.io/prometheus/blackbox-exporter:v0.28.0',
      'well claims: 2 claims are bound, each with its configured size',
      `well log volume: of 1 volumes the fullest, ${set}-db-${set}-0, is 10 % full`,
      `well remote write: ${set}-0 is 5 s behind; since its start 0 refused, 3 tried again; ${set}-1 is 5 s behind; since its start 0 refused, 3 tried again`,
      'well identity: it writes as cluster-02',
      'well certificates: 1 certificates; the first to end, client certificate, has 186 d',
      'well centre: thanos-receiver.example.org:19291 at 192.0.2.10, TLS until 2027-06-01; the centre accepts its certificate',
    ]);
  });

  it.each<[string, string, Partial<EdgeSeen>, string]>([
    [
      'an agent that is behind',
      'remote write',
      { agents: [{ value: { ...agent, sent: unixNow - 600, pending: 9000, retried: 40 } }] },
      'agent-0 is 10 min behind, 9000 samples wait (since its start 0 refused, 40 tried again)',
    ],
    [
      'an agent that has sent nothing',
      'remote write',
      { agents: [{ value: { ...agent, sent: 0, failed: 70 } }] },
      'agent-0 has sent nothing yet (since its start 70 refused, 0 tried again)',
    ],
    [
      'an agent that scrapes nothing',
      'remote write',
      { agents: [{ value: { ...agent, scraped: 0, sent: 0 } }] },
      'agent-0 has scraped nothing',
    ],
    [
      'the certificate of another edge',
      'identity',
      { identity: { value: { tenant: 'cluster-03', certificates: [] } } },
      'its certificate is that of cluster-03, not of cluster-02',
    ],
    [
      'a certificate that ends',
      'certificates',
      {
        identity: {
          value: { tenant: 'cluster-02', certificates: [{ certificate: 'client certificate', end: now }] },
        },
      },
      'client certificate has ended',
    ],
    [
      'a centre that refuses it',
      'centre',
      heard ? { centre: { value: { ...heard, accepted: undefined, failure: 'alert unknown ca' } } } : {},
      'the centre refuses its certificate: alert unknown ca',
    ],
    [
      'a centre that is not there',
      'centre',
      heard ? { centre: { value: { ...heard, tls: undefined, failure: 'connect ECONNREFUSED' } } } : {},
      'thanos-receiver.example.org:19291 at 192.0.2.10: connect ECONNREFUSED',
    ],
  ])('tells of %s', (_, check, changes, text) => {
    expect(found(check, changes)).toMatchObject({ status: 'wrong', found: text });
  });

  it.each<[string, Partial<EdgeSeen>]>([
    ['pods', { pods: unseen }],
    ['versions', { workloads: unseen }],
    ['claims', { claims: unseen }],
    ['log volume', { volumeUse: unseen }],
    ['remote write', { agents: [unseen] }],
    ['identity', { identity: unseen }],
    ['certificates', { identity: unseen }],
    ['centre', { centre: unseen }],
  ])('does not judge %s unseen', (check, changes) => {
    expect(found(check, changes)).toEqual({
      name: check,
      status: 'unknown',
      found: unseen.why,
      fix: unseen.fix,
    });
  });
});
