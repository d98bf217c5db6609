import * as kubernetes from '@pulumi/kubernetes';

/**
 * The provider of the central cluster.
 *
 * @param context of the kubeconfig that KUBECONFIG names
 */
export const centralProvider = (context: string) =>
  new kubernetes.Provider(
    'central',
    { context },
    // The SDK would put KUBECONFIG into the state, a path of whoever deploys; without it the provider reads
    // KUBECONFIG itself, wherever it runs.
    {
      transformations: [
        ({ props, opts }) => ({ props: { ...(props as object), kubeconfig: undefined }, opts }),
      ],
    },
  );
