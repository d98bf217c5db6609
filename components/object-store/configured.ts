import * as minio from '@pulumi/minio';
import type * as pulumi from '@pulumi/pulumi';
import type { ObjectStoreConfig } from '../../config/object-store';
import { existingObjectStore } from './existing';
import { MinioObjectStore } from './minio';
import type { ObjectStore } from './object-store';

export interface ConfiguredObjectStoreArgs {
  namespace: string;
  clusterName: string;
  objectStore: ObjectStoreConfig;
  /** Whether there is a Ruler, which writes too. */
  ruler: boolean;
  /** Name and password of MinIO's administrator; called only where this stack makes bucket and users. */
  administrator: () => { user: pulumi.Output<string>; password: pulumi.Output<string> };
}

/**
 * The object store of the configured kind. A further kind is an entry of `config/object-store.ts`,
 * a file in this folder, and a case here.
 */
export function configuredObjectStore(
  { namespace, clusterName, objectStore, ruler, administrator }: ConfiguredObjectStoreArgs,
  opts: Omit<pulumi.ComponentResourceOptions, 'providers'> & {
    providers: Record<string, pulumi.ProviderResource>;
  },
): ObjectStore {
  switch (objectStore.kind) {
    case 'existing':
      return existingObjectStore(objectStore);
    case 'minio':
      return new MinioObjectStore(
        'object-store',
        { namespace, clusterName, objectStore, ruler },
        {
          ...opts,
          providers: { ...opts.providers, minio: minioProvider(clusterName, objectStore, administrator()) },
        },
      );
  }
}

/** The provider that administers a MinIO server. */
const minioProvider = (
  name: string,
  { endpoint, region, insecure }: Extract<ObjectStoreConfig, { kind: 'minio' }>,
  { user, password }: ReturnType<ConfiguredObjectStoreArgs['administrator']>,
) =>
  new minio.Provider(name, {
    minioServer: endpoint,
    minioRegion: region,
    minioSsl: !insecure,
    minioUser: user,
    minioPassword: password,
  });
