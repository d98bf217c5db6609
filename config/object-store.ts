import { z } from 'zod';
import { objectName } from './scalars';

const bucket = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'an S3 bucket name (3 to 63 of a-z, 0-9, . and -)');

const endpoint = z
  .string()
  .regex(/^[a-zA-Z0-9.-]+(:\d{1,5})?$/, 'host or host:port without scheme, such as s3.example.org:9000');

/** The bucket of all blocks, by whoever serves it. */
export const objectStoreSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('minio'),
      endpoint: endpoint.describe('host or host:port as the pods and Pulumi reach it'),
      bucket,
      region: z.string().default('us-east-1').describe("MinIO's own default region"),
      insecure: z.boolean().default(false).describe('true: plain HTTP'),
    }),
    z.strictObject({
      kind: z.literal('existing'),
      endpoint,
      bucket,
      insecure: z.boolean().default(false),
      secrets: z
        .strictObject({
          sidecar: objectName(),
          receive: objectName(),
          store: objectName(),
          compactor: objectName(),
          ruler: objectName(),
        })
        .describe(
          'Secrets in the namespace `monitoring`, each with an objstore.yml under the key `objstore.yml`',
        ),
    }),
  ],
  { error: 'kind: minio (bucket and users made by this stack) or kind: existing (any S3 bucket)' },
);

export type ObjectStoreConfig = z.output<typeof objectStoreSchema>;
