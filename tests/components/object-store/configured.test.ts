import * as pulumi from '@pulumi/pulumi';
import { configuredObjectStore } from '../../../components/object-store/configured';
import { register } from '../../support/mocks';

const minio = {
  kind: 'minio',
  endpoint: 's3.minio.miribit.lab',
  bucket: 'thanos',
  region: 'us-east-1',
} as const;

const made = (insecure: boolean) =>
  register(() =>
    configuredObjectStore(
      {
        namespace: 'monitoring',
        clusterName: 'cluster-01',
        objectStore: { ...minio, insecure },
        ruler: true,
        administrator: () => ({
          user: pulumi.secret('the administrator'),
          password: pulumi.secret('the password'),
        }),
      },
      { providers: {} },
    ),
  );

describe('the object store of the kind minio', () => {
  it.each([
    ['with TLS', false],
    ['without, where the file says so', true],
  ])('is administered with the user and the password of the stack, %s', async (_, insecure) => {
    const provider = (await made(insecure)).one('pulumi:providers:minio');
    expect(provider.inputs).toMatchObject({
      minioServer: minio.endpoint,
      minioRegion: minio.region,
      minioSsl: String(!insecure),
      minioUser: 'the administrator',
      minioPassword: 'the password',
    });
  });

  it('is made by that administrator', async () => {
    const registered = await made(false);
    const provider = registered.one('pulumi:providers:minio');
    expect(registered.one('minio:index/s3Bucket:S3Bucket').provider).toContain(provider.name);
  });
});
