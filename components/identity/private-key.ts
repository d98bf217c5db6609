import * as tls from '@pulumi/tls';
import type { CustomResourceOptions } from '@pulumi/pulumi';

/**
 * An ECDSA key on P256, which everything verifies fast. Go and browsers refuse the provider's default, P224,
 * in TLS.
 */
export const createPrivateKey = (name: string, opts: CustomResourceOptions) =>
  new tls.PrivateKey(name, { algorithm: 'ECDSA', ecdsaCurve: 'P256' }, opts);
