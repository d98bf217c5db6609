import { isIP } from 'node:net';
import { z } from 'zod';
import { isHostAndPort } from './networks';
import { objectName } from './scalars';

const allowedBucket = 'an S3 bucket name (3 to 63 of a-z, 0-9, . and -)';

/** By Amazon's "General purpose bucket naming rules", and MinIO's own bucket. */
const reserved = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$|^minio$/;

const bucket = z
  .string({ error: allowedBucket })
  .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, { error: allowedBucket, abort: true })
  .refine(
    (name) => !/\.\.|\.-|-\./.test(name) && !reserved.test(name) && isIP(name) === 0,
    'an S3 bucket name without a dot beside a dot or a hyphen, no IP address, and none that S3 (xn--…, …-s3alias and more) or MinIO (minio) keep for themselves',
  );

const allowedEndpoint = 'host or host:port without scheme, such as s3.example.org:9000';

const endpoint = z.string({ error: allowedEndpoint }).refine(isHostAndPort, allowedEndpoint);

const allowedRegion = 'the name of a region such as eu-central-1';

/** The bucket of all blocks, by whoever serves it. */
export const objectStoreSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('minio'),
      endpoint: endpoint.describe('host or host:port as the pods and Pulumi reach it'),
      bucket,
      region: z
        .string({ error: allowedRegion })
        .regex(/^[a-zA-Z0-9-]{1,63}$/, allowedRegion)
        .default('us-east-1')
        .describe("MinIO's own default region"),
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
          ruler: objectName().optional().describe('needed as long as there is a Ruler'),
        })
        .describe(
          'Secrets in the namespace `monitoring`, each with an objstore.yml under the key `objstore.yml`',
        ),
    }),
  ],
  { error: 'kind: minio (bucket and users made by this stack) or kind: existing (any S3 bucket)' },
);

export type ObjectStoreConfig = z.output<typeof objectStoreSchema>;
