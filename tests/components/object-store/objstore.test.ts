import { objstoreYaml } from '../../../components/object-store/objstore';

describe('objstoreYaml', () => {
  it('is the objstore.yml of one user', () => {
    const text = objstoreYaml({
      bucket: 'thanos',
      endpoint: 's3.minio.miribit.lab',
      region: 'us-east-1',
      insecure: false,
      accessKey: 'cluster-01-thanos-store',
      secretKey: '0123456789',
    });
    expect(text).toBe(`type: S3
config:
  bucket: thanos
  endpoint: s3.minio.miribit.lab
  region: us-east-1
  insecure: false
  bucket_lookup_type: path
  access_key: cluster-01-thanos-store
  secret_key: "0123456789"
  max_retries: 3
`);
  });
});
