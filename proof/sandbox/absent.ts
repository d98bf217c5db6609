import type { Sandbox } from './record';

/**
 * What a newcomer would look for and not find.
 *
 * @param substitutes the providers whose plugins are substitutes
 */
export function absent({ real, chartsFrom }: Sandbox, substitutes: readonly string[]): string[] {
  const placeholders = chartsFrom?.startsWith('placeholders') ?? false;
  const missing = [
    ...(real
      ? []
      : [
          'No container runs: nodes and pods are simulated, "Running" is what kwok says. So no sample flows, and no address',
          '  of the outputs answers. With clusters that have nodes: npm run sandbox -- --kubeconfig … (docs/kind.md).',
        ]),
    ...(placeholders
      ? [
          'No Prometheus, Alertmanager or Grafana, and no pod on an edge: the charts that bring them are placeholders, which',
          '  only record their values (kubectl get configmaps -n monitoring). The real ones: CHART_DIR=FOLDER, or the internet.',
        ]
      : []),
    ...(substitutes.length > 0
      ? [
          `Provider plugins ${substitutes.join(', ')} are substitutes (proof/sandbox/plugins): real keys, certificates and users.`,
        ]
      : []),
  ];
  return missing.length > 0 ? ['What is not here:', ...missing.map((line) => `  ${line}`), ''] : [];
}
