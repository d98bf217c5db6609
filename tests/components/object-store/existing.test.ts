import { existingObjectStore } from '../../../components/object-store/existing';

describe('existingObjectStore', () => {
  const secrets = {
    sidecar: 'thanos-s3-config',
    receive: 's3-receive',
    store: 's3-store',
    compactor: 's3-compactor',
    ruler: 's3-ruler',
  };

  it('refers to the configured Secrets, and restarts pods when another one is named', () => {
    expect(existingObjectStore({ bucket: 'blocks', secrets })).toEqual({
      bucket: 'blocks',
      secrets: {
        sidecar: { name: 'thanos-s3-config', key: 'objstore.yml', checksum: 'thanos-s3-config' },
        receive: { name: 's3-receive', key: 'objstore.yml', checksum: 's3-receive' },
        store: { name: 's3-store', key: 'objstore.yml', checksum: 's3-store' },
        compactor: { name: 's3-compactor', key: 'objstore.yml', checksum: 's3-compactor' },
        ruler: { name: 's3-ruler', key: 'objstore.yml', checksum: 's3-ruler' },
      },
    });
  });
});
