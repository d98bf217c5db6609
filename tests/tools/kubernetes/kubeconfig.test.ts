import { clusterAccess } from '../../../tools/kubernetes/kubeconfig';

const text = `
current-context: b
contexts:
  - { name: a, context: { cluster: one } }
  - { name: b, context: { cluster: two } }
clusters:
  - { name: one, cluster: { server: https://10.0.0.1:6443 } }
  - { name: two, cluster: { server: https://10.0.0.2:6443 } }
`;

describe('a kubeconfig', () => {
  it('leads where its current context leads', () => {
    expect(clusterAccess('/k', text)).toEqual({
      kubeconfig: '/k',
      context: 'b',
      server: 'https://10.0.0.2:6443',
    });
  });

  it('without a current context is refused, with the command that sets one', () => {
    expect(() => clusterAccess('/k', 'contexts: []\nclusters: []')).toThrow(
      '/k has no current context. Run: kubectl --kubeconfig /k config use-context NAME',
    );
  });

  it('whose context leads to no cluster is refused, with the command that shows it', () => {
    expect(() => clusterAccess('/k', 'current-context: x\ncontexts: []\nclusters: []')).toThrow(
      '/k: the context x has no cluster with a server. Run: kubectl --kubeconfig /k config view',
    );
  });

  it.each(['', '{"name": "monitoring"}', 'a line', 'a: : b', 'contexts: {}\nclusters: []'])(
    'is not what the file %j is',
    (other) => {
      expect(() => clusterAccess('/k', other)).toThrow(
        '/k is no kubeconfig: it has no lists "contexts" and "clusters". Name the file that kubectl uses for the cluster.',
      );
    },
  );
});
