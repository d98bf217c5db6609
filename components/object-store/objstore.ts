import { stringify } from 'yaml';

export interface Objstore {
  bucket: string;
  /** host or host:port, without scheme. */
  endpoint: string;
  region: string;
  /** Plain HTTP. */
  insecure: boolean;
  accessKey: string;
  secretKey: string;
}

/**
 * Tries of one request. Every part of Thanos comes back to what failed by itself, after half a minute to
 * five.
 *
 * The client's default of 10 holds an ingestor up: it is Ready only when two rounds of upload have ended, and
 * where packets to the store are dropped a try takes 30 s. With 10 it was not Ready after ten minutes (`npm
 * run drills`, object-store-away-at-start).
 */
const tries = 3;

/**
 * The text of an objstore.yml, which Thanos reads strictly (a key that it does not know stops it).
 *
 * The bucket goes into the path, because `thanos.s3.example.org` would need a DNS name and a certificate for
 * each bucket. The region is given, because the client would otherwise ask for it at every start.
 */
export const objstoreYaml = (objstore: Objstore): string =>
  stringify({
    type: 'S3',
    config: {
      bucket: objstore.bucket,
      endpoint: objstore.endpoint,
      region: objstore.region,
      insecure: objstore.insecure,
      bucket_lookup_type: 'path',
      access_key: objstore.accessKey,
      secret_key: objstore.secretKey,
      max_retries: tries,
    },
  });
