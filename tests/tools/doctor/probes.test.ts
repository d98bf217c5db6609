import { probesAnswered, type ProbesSeen } from '../../../tools/doctor/checks/probes';

const host = 'grafana.example.org';
const judge = probesAnswered({ edges: ['cluster-02', 'cluster-03'], hosts: [host] });

interface Results {
  edge?: number;
  receive?: number;
  status?: number;
  name?: number;
  ever?: number;
}

/** What is seen where each probe has this result; undefined: none. */
const seen = (results: Results): ProbesSeen => {
  const { edge, receive, status, name, ever } = {
    edge: 1,
    receive: 1,
    status: 0,
    name: 1,
    ever: 1,
    ...results,
  };
  const series = (labels: Record<string, string>, value: number | undefined) =>
    value === undefined ? [] : [{ labels, value }];
  return {
    probed: {
      value: [
        ...series({ job: 'probe-edges', edge: 'cluster-02' }, 1),
        ...series({ job: 'probe-edges', edge: 'cluster-03' }, edge),
        ...series({ job: 'probe-receive' }, receive),
        ...series({ job: 'probe-receive-refusal' }, 0),
        ...series({ job: 'probe-names', host }, name),
      ],
    },
    namesAnswered: { value: series({ job: 'probe-names', host }, ever) },
    admitted: { value: series({ job: 'probe-receive-refusal' }, status) },
  };
};

describe('the probes', () => {
  it('are well where each is answered as it should be', () => {
    expect(judge(seen({}))).toEqual({
      status: 'well',
      found:
        'cluster-02 is readable through query-frontend; cluster-03 is readable through query-frontend; ' +
        'Receive shows its certificate; and refuses a client without one; ' +
        'grafana.example.org answers within the cluster',
    });
  });

  it.each<[string, Results, string, string]>([
    [
      'an edge cannot be read',
      { edge: 0 },
      "cluster-03's newest sample is not readable through query-frontend",
      'docs/runbooks/EdgeNotReadable.md, unless the edge itself is late.',
    ],
    [
      'Receive shows another certificate',
      { receive: 0 },
      "Receive does not show a certificate of the stack's authority",
      'docs/runbooks/ThanosReceiveHandshakeFailing.md',
    ],
    [
      'Receive answers without a certificate',
      { status: 405 },
      'Receive answers 405 to a client without a certificate',
      'docs/runbooks/ThanosReceiveAdmitsAnybody.md',
    ],
    [
      'a name has stopped to answer',
      { name: 0 },
      'grafana.example.org does not answer within the cluster any more',
      'docs/runbooks/PublicNameNotAnswering.md',
    ],
  ])('are wrong where %s', (_, results, found, fix) => {
    expect(judge(seen(results))).toEqual({ status: 'wrong', found, fix });
  });

  it('are unknown where a name has never answered: nothing says that it should, from there', () => {
    expect(judge(seen({ name: 0, ever: 0 }))).toEqual({
      status: 'unknown',
      found: 'grafana.example.org has not answered within the cluster for a week, so no alert watches it',
      fix: 'Give pods its address and the way to it (blackboxExporter.egress), or set blackboxExporter.publicNames: false.',
    });
  });

  it.each<[keyof Results, string]>([
    ['edge', "no result of cluster-03's newest sample"],
    ['receive', "no result of Receive's handshake"],
    ['status', 'no result of a request to Receive without a certificate'],
    ['name', 'no result of grafana.example.org'],
  ])('are unknown where there is no result of: %s', (what, found) => {
    expect(judge(seen({ [what]: undefined }))).toMatchObject({ status: 'unknown', found });
  });
});
