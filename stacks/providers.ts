import * as random from '@pulumi/random';
import * as tls from '@pulumi/tls';
import * as k8s from '../components/foundation/kubernetes';
import type { ClusterAccess } from '../checks/cluster-access';

/**
 * The Kubernetes provider of a stack. Default providers are disabled in the stack files, so that nothing ever
 * reaches the cluster of the user's current context.
 */
export const kubernetesProvider = (cluster: ClusterAccess & { name: string }) =>
  new k8s.Provider(
    cluster.name,
    {
      context: cluster.context,
      // Without it, a changed kubeconfig could make the provider replace every resource.
      clusterIdentifier: cluster.name,
      // Changed content is an update in place: pods find it under the same name and restart by checksum.
      enableSecretMutable: true,
      enableConfigMapMutable: true,
    },
    {
      // The SDK would put KUBECONFIG there, which is a path of whoever deploys: for anybody else a refresh
      // finds no file there and so no cluster, nor does it read a list of files. Without it the provider
      // reads KUBECONFIG itself.
      transformations: [
        ({ props, opts }) => ({
          props: { ...(props as object), kubeconfig: cluster.kubeconfig },
          opts,
        }),
      ],
    },
  );

/** The providers that make keys, certificates and passwords. */
export const identityProviders = (name: string) => ({
  random: new random.Provider(name),
  tls: new tls.Provider(name),
});
