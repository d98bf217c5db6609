import { kubernetesProvider } from '../../stacks/providers';
import { register } from '../support/mocks';

const cluster = { name: 'cluster-02', context: 'cluster-02', server: 'https://192.0.2.1:6443' };

/** What the state keeps of the provider, deployed by somebody with this KUBECONFIG. */
async function inputsOf(access: Parameters<typeof kubernetesProvider>[0], KUBECONFIG: string) {
  const before = process.env['KUBECONFIG'];
  process.env['KUBECONFIG'] = KUBECONFIG;
  try {
    return (await register(() => kubernetesProvider(access))).inputs('pulumi:providers:kubernetes');
  } finally {
    if (before === undefined) delete process.env['KUBECONFIG'];
    else process.env['KUBECONFIG'] = before;
  }
}

describe('the Kubernetes provider', () => {
  it('keeps no path of the machine that deployed', async () => {
    expect(await inputsOf(cluster, '/home/alice/one:/home/alice/two')).toEqual({
      context: 'cluster-02',
      clusterIdentifier: 'cluster-02',
      enableConfigMapMutable: 'true',
      enableSecretMutable: 'true',
    });
  });

  it('has the kubeconfig that the stack file names', async () => {
    const inputs = await inputsOf(
      { ...cluster, kubeconfig: '/etc/cluster-02.kubeconfig' },
      '/home/alice/one',
    );
    expect(inputs).toHaveProperty('kubeconfig', '/etc/cluster-02.kubeconfig');
  });
});
