import type { Input } from '@pulumi/pulumi';

/**
 * One key of a Secret, and a checksum of its content: in a pod template it restarts pods that read the key
 * only at their start.
 */
export interface SecretKeyRef {
  name: string;
  key: string;
  checksum: Input<string>;
}

/** User and password for HTTP basic authentication, as two keys of one Secret. */
export interface CredentialsSecret {
  secretName: Input<string>;
  userKey: string;
  passwordKey: string;
}

/**
 * A StoreAPI that Query asks: an address in Thanos' notation, such as
 * `dnssrv+_grpc._tcp.thanos-store.monitoring.svc.cluster.local`.
 */
export interface StoreEndpoint {
  address: string;
}
