import * as pulumi from '@pulumi/pulumi';
import { lastOutputs } from '../../checks/last-outputs';

/** Reads what this stack exported, as if it was this, after as many failures of the backend. */
async function read(outputs: object, failures = 0) {
  let left = failures;
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type }) => {
        throw new Error(`${type} was made`);
      },
      call: ({ token, inputs }) => {
        // As gRPC's errors have it.
        if (left-- > 0) throw Object.assign(new Error(), { details: 'failed to load checkpoint: EOF' });
        return { ...(inputs as object), outputs, token };
      },
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

  it('of an edge say what its volumes are, and have no retention', async () => {
    const deployed = { storageClass: 'longhorn', volumes: { 'agent.storage': '20Gi' } };
    expect(await read({ cluster: 'cluster-02', deployed })).toEqual({ cluster: 'cluster-02', deployed });
  });

  it('of a centre say what its volumes are, and the retention', async () => {
    const deployed = {
      storageClass: 'longhorn',
      volumes: { 'store.storage': '1Gi' },
      retention: { 'compactor.retention.raw': '30d' },
    };
    expect(await read({ deployed })).toEqual({ deployed });
  });

  it('of an earlier release that tells nothing of them are no first deployment', async () => {
    expect(await read({ cluster: 'cluster-02', tenant: 'cluster-02' })).toEqual({ cluster: 'cluster-02' });
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

  it('with a size or a time that is none are refused', async () => {
    const deployed = {
      storageClass: 'longhorn',
      volumes: { 'store.storage': 'damaged' },
      retention: { 'compactor.retention.raw': '' },
    };
    await expect(read({ deployed })).rejects.toThrow(
      /does not know: deployed\.volumes\.store\.storage \(an amount of bytes .*deployed\.retention\.compactor\.retention\.raw \(a duration/,
    );
  });

  it('are read again when the backend was just being written', async () => {
    expect(await read({ certificateEnd: '2027-01-10T00:00:00Z' }, 3)).toEqual({
      certificateEnd: '2027-01-10T00:00:00Z',
    });
  });

  it('that cannot be read are no first deployment', async () => {
    await expect(read({}, 4)).rejects.toThrow(
      'The last outputs of stack organization/monitoring/cluster-01 could not be read: failed to load checkpoint: EOF',
    );
  });
});
