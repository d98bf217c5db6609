import { edge, more, said, written } from '../support/written-stack';

const lists = 'Remove it, or correct its name (docs/config.md lists every key).';

describe('a key that nobody knows', () => {
  it.each([
    ['queryfrontend: { replicas: 3 }', 'queryfrontend: found {"replicas":3}', 'Write queryFrontend.'],
    ['query-frontend: { replicas: 3 }', 'query-frontend: found {"replicas":3}', 'Write queryFrontend.'],
    ['query: { replica: 3 }', 'query.replica: found 3', 'Write replicas.'],
    ['grafana: { resources: { limits: { CPU: 1 } } }', 'grafana.resources.limits.CPU: found 1', 'Write cpu.'],
    [
      'alertmanager: { timeIntervals: [{ name: n, interval: [] }] }',
      'alertmanager.timeIntervals.0.interval (n): found []',
      'Write intervals.',
    ],
    ['acceptedRisks: { RULER.enabled: x }', 'acceptedRisks.RULER.enabled: found "x"', lists],
    [
      'agent: { series: 5 }',
      'agent: found {"series":5}',
      'Remove it: it is a key of edge stacks. Set it in the file of an edge.',
    ],
    [
      'ingress: { tls: { kind: private, secretName: x } }',
      'ingress.tls.secretName: found a value that is not shown',
      'Remove it: it belongs to another kind of ingress.tls.',
    ],
    ['other: 3', 'other: found "3"', lists],
  ])('is told with the one that is meant: %s', (text, found, fix) => {
    expect(said(more(text))).toContain(`  monitoring:${found}; allowed: no such key. ${fix}`);
  });

  it('of an edge is told as one of the centre, inside of a section too', () => {
    const ofCentre = 'Remove it: it is a key of central stacks. Set it in the file of the central stack.';
    expect(said(edge('outage: 6h'))).toEqual([
      `  monitoring:outage: found "6h"; allowed: no such key. ${ofCentre}`,
    ]);
    expect(said(edge('networkPolicies: { egress: [] }'))).toEqual([
      `  monitoring:networkPolicies.egress: found []; allowed: no such key. ${ofCentre}`,
    ]);
  });
});

describe('a letter of another alphabet', () => {
  it.each([
    ['in a key', more('qu\u0435ry: { replicas: 3 }'), 'monitoring:qu\\u{435}ry: found'],
    [
      'in a namespace',
      written({ more: '  monit\u043ering:outage: 9h\n' }),
      'monit\\u{43e}ring:outage: found "9h"',
    ],
    ['in a unit', more('outage: 6\u04bb'), 'monitoring:outage: found "6\\u{4bb}"'],
    ['of full width', more('outage: \uff16h'), 'monitoring:outage: found "\\u{ff16}h"'],
    [
      'or a dash',
      written({ line: ['- name: cluster-02', '- name: cluster\u201302'] }),
      'found "cluster\\u{2013}02"',
    ],
  ])('that looks like ASCII is told by its number: %s', (_, raw, text) => {
    expect(said(raw).join('\n')).toContain(text);
  });

  it('stands as it is in a word of its own, and so does an accent', () => {
    const name = (text: string) =>
      said(written({ line: ['storageClass: longhorn', `storageClass: ${text}`] }))[0];
    expect(name('Z\u00fcrich')).toContain('found "Z\u00fcrich"');
    expect(name('\u043c\u043e\u0441\u043a\u0432\u0430')).toContain(
      'found "\u043c\u043e\u0441\u043a\u0432\u0430"',
    );
  });
});
