import * as minio from '@pulumi/minio';
import type * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import * as tls from '@pulumi/tls';
import * as k8s from '../components/foundation/kubernetes';
import type { CentralConfig } from '../config/central';
import type { ClusterAccess } from '../checks/cluster-access';

/**
 * The Kubernetes provider of a stack. Default providers are disabled in the stack files, so that nothing ever reaches
 * the cluster of the user's current context.
 */
export const kubernetesProvider = (cluster: ClusterAccess & { name: string }) =>
  new k8s.Provider(cluster.name, {
    context: cluster.context,
    ...(cluster.kubeconfig ? { kubeconfig: cluster.kubeconfig } : {}),
    // Without it, a changed kubeconfig could make the provider replace every resource.
    clusterIdentifier: cluster.name,
    // Changed content is an update in place: pods find it under the same name and restart by checksum.
    enableSecretMutable: true,
    enableConfigMapMutable: true,
  });

/** The providers that make keys, certificates and passwords. */
export const identityProviders = (name: string) => ({
  random: new random.Provider(name),
  tls: new tls.Provider(name),
});

/** The provider that administers a MinIO server. */
export const minioProvider = (
  name: string,
  store: Extract<CentralConfig['objectStore'], { kind: 'minio' }>,
  user: pulumi.Output<string>,
  password: pulumi.Output<string>,
) =>
  new minio.Provider(name, {
    minioServer: store.endpoint,
    minioRegion: store.region,
    minioSsl: !store.insecure,
    minioUser: user,
    minioPassword: password,
  });
