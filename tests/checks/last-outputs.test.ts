import * as pulumi from '@pulumi/pulumi';
import { lastOutputs } from '../../checks/last-outputs';

/** Reads what this stack exported, as if it was this. */
async function read(outputs: object) {
  await pulumi.runtime.setMocks(
    {
      newResource: ({ id, name }) => ({
        id: id ?? name,
        state: { name: id, outputs, secretOutputNames: [] },
      }),
      call: ({ inputs }) => inputs as object,
    },
    'monitoring',
    'cluster-01',
    false,
    'organization',
  );
  return lastOutputs();
}

describe('the last outputs of this stack', () => {
  it('are undefined before the first deployment', async () => {
    expect(await read({})).toBeUndefined();
  });

  it('are what the next step is compared with, and no more', async () => {
    const receive = { replicas: 3, ring: 1, replicationFactor: 1, ringShrunkAt: '2026-11-23T12:00:00.000Z' };
    expect(await read({ bucket: 'thanos', receive, grafanaUrl: 'https://grafana.example.org' })).toEqual({
      bucket: 'thanos',
      receive,
    });
  });

  it('are the end of its certificate of an edge', async () => {
    const certificateEnd = '2027-01-10T00:00:00Z';
    expect(await read({ certificateEnd, tenant: 'cluster-02' })).toEqual({ certificateEnd });
  });

  it('of a release without the ring are read as they are', async () => {
    expect(await read({ receive: { replicas: 3, replicationFactor: 3 } })).toEqual({
      receive: { replicas: 3, replicationFactor: 3 },
    });
  });

  it('of another shape are refused, because nothing can be compared with them', async () => {
    await expect(read({ receive: { replicas: 'three', replicationFactor: 3 } })).rejects.toThrow(
      /^The last outputs of stack organization\/monitoring\/cluster-01 have a shape that this release does not know: receive\.replicas \(/,
    );
  });
});
