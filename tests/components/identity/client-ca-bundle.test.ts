import * as pulumi from '@pulumi/pulumi';
import { checksum } from '../../../components/foundation/checksum';
import { bundle, ClientCaBundle } from '../../../components/identity/client-ca-bundle';
import { register } from '../../support/mocks';

describe('bundle', () => {
  it('puts every certificate on lines of its own', () => {
    expect(bundle(['a\n', 'b', 'c\n\n'])).toBe('a\nb\nc\n');
  });
});

describe('ClientCaBundle', () => {
  it('is a ConfigMap with the issuers, and publishes where it is and a checksum of it', async () => {
    const made: ClientCaBundle[] = [];
    const registered = await register(() =>
      made.push(
        new ClientCaBundle(
          'thanos-receive-client-ca',
          { namespace: 'monitoring', issuers: [pulumi.output('nobody\n'), pulumi.output('cluster-02\n')] },
          {},
        ),
      ),
    );
    expect(registered.inputs('kubernetes:core/v1:ConfigMap', 'thanos-receive-client-ca')).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'thanos-receive-client-ca', namespace: 'monitoring' },
      data: { 'ca.crt': 'nobody\ncluster-02\n' },
    });
    const [published] = made;
    expect(published).toMatchObject({ configMapName: 'thanos-receive-client-ca', key: 'ca.crt' });
    expect(await new Promise((resolve) => published?.checksum.apply(resolve))).toBe(
      checksum('nobody\ncluster-02\n'),
    );
  });
});
