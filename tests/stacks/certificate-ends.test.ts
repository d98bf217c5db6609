import * as pulumi from '@pulumi/pulumi';
import { certificateEnds } from '../../stacks/certificate-ends';
import { certificates } from '../../observability/rules/certificates';

const output = (text: string) => pulumi.output(text);
const identity = (of: string) => ({
  certificate: output(''),
  privateKey: output(''),
  issuer: output(''),
  certificateEnd: output(`${of} certificate`),
  issuerEnd: output(`${of} issuer`),
});

describe('the ends of certificates', () => {
  it('are of every one that the stack makes, and name the cluster that stops', async () => {
    const ends = certificateEnds({
      centre: 'centre',
      authority: { end: output('authority') },
      identities: { byEdge: { 'cluster-02': identity('02') } },
      receiver: output('receiver'),
      web: { grafana: output('grafana'), 'thanos-query': undefined },
    });
    expect(await new Promise((resolve) => ends.apply(resolve))).toEqual([
      { certificate: 'authority of servers', kind: 'authority', cluster: 'centre', end: 'authority' },
      { certificate: 'server thanos-receiver', kind: 'server', cluster: 'centre', end: 'receiver' },
      { certificate: 'server grafana', kind: 'server', cluster: 'centre', end: 'grafana' },
      { certificate: 'client cluster-02', kind: 'client', cluster: 'cluster-02', end: '02 certificate' },
      { certificate: 'authority of cluster-02', kind: 'authority', cluster: 'cluster-02', end: '02 issuer' },
    ]);
  });

  it('that are no time are an error, and not an alert that never fires', () => {
    expect(() => certificates([{ certificate: 'c', kind: 'client', cluster: 'x', end: 'soon' }])).toThrow(
      'certificate c: its end is "soon", which is no time in RFC 3339',
    );
  });
});
