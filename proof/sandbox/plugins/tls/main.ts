import { version } from '@pulumi/tls/package.json';
import { serve } from '../provider';
import { certRequest } from './cert-request';
import { locallySignedCert } from './locally-signed-cert';
import { privateKey } from './private-key';
import { selfSignedCert } from './self-signed-cert';

serve({
  name: 'tls',
  version,
  configure: () => ({
    'tls:index/privateKey:PrivateKey': privateKey,
    'tls:index/selfSignedCert:SelfSignedCert': selfSignedCert,
    'tls:index/certRequest:CertRequest': certRequest,
    'tls:index/locallySignedCert:LocallySignedCert': locallySignedCert,
  }),
});
