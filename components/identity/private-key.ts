import * as tls from '@pulumi/tls';
import type { CustomResourceOptions } from '@pulumi/pulumi';

/** An ECDSA key on P256, which everything verifies fast; the provider's own default, P224, Go and browsers refuse in TLS. */
export const createPrivateKey = (name: string, opts: CustomResourceOptions) =>
  new tls.PrivateKey(name, { algorithm: 'ECDSA', ecdsaCurve: 'P256' }, opts);
