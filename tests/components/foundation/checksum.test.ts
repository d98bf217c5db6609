import * as pulumi from '@pulumi/pulumi';
import { checksum, checksumOfSecret } from '../../../components/foundation/checksum';

describe('checksum', () => {
  it('is the SHA-256 of the text', () => {
    expect(checksum('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('of a secret is plain, so that previews show that a pod template changes', async () => {
    const found = checksumOfSecret(pulumi.secret('abc'));
    expect(await pulumi.isSecret(found)).toBe(false);
    expect(await new Promise((resolve) => found.apply(resolve))).toBe(checksum('abc'));
  });
});
