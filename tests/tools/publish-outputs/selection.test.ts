import { select } from '../../../tools/publish-outputs/selection';
import { plain, secret } from './outputs';

describe('what is copied of a central stack', () => {
  it('is for everybody what the contract calls plain, and nothing that it does not know', () => {
    const all = { ...plain, ...secret, unknown: 'hunter24' };
    expect(select('cluster-01', all)).toEqual({ plain, secret: {} });
  });

  it('needs for everybody no secret decrypted', () => {
    const hidden = Object.fromEntries(Object.keys(secret).map((name) => [name, '[secret]']));
    expect(select('cluster-01', { ...plain, ...hidden })).toEqual({ plain, secret: {} });
  });

  it("is for an edge its own credentials besides, and no other's", () => {
    expect(select('cluster-01', { ...plain, ...secret }, 'cluster-02')).toEqual({
      plain,
      secret: { edgeCredentials: { 'cluster-02': secret.edgeCredentials['cluster-02'] } },
    });
  });

  it.each<[string, object, string | undefined, string]>([
    [
      'a stack that is not deployed',
      {},
      undefined,
      'Stack cluster-01 has no output contractVersion, so it is not deployed or no central stack. Name one that is.',
    ],
    [
      'another contract version',
      { ...plain, contractVersion: 2 },
      undefined,
      'Stack cluster-01 has contract version 2; this program knows version 1. Use the release of this project that deployed it.',
    ],
    [
      'an output that is missing',
      { ...plain, bucket: undefined },
      undefined,
      'Outputs of stack cluster-01 break contract version 1: bucket (Invalid input: expected string, received undefined). ' +
        'Run pulumi up on it from this release.',
    ],
    [
      'an edge that is not in the list',
      { ...plain, ...secret },
      'cluster-09',
      'Stack cluster-01 has no credentials for the edge "cluster-09"; it has some for cluster-02, cluster-03. ' +
        'Add it to monitoring:edges of that stack and run pulumi up on it.',
    ],
  ])('refuses %s', (_, outputs, edge, message) => {
    expect(() => select('cluster-01', outputs as Record<string, unknown>, edge)).toThrow(new Error(message));
  });
});
