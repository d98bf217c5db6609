import type { KubernetesObject } from '../../../tools/kubernetes/cluster';
import type { Platform } from '../platform';
import { Failure } from '../../failure';
import type { Report } from '../report';
import { eventually } from '../../eventually';

/** Query's kinds of StoreAPI, and the pods that serve each. */
const podsOf = {
  sidecar: 'app.kubernetes.io/name=prometheus',
  receive: 'app.kubernetes.io/name=thanos-receiver',
  store: 'app.kubernetes.io/name=thanos-store',
  rule: 'app.kubernetes.io/name=thanos-ruler',
} as const;

/** Checks that Query knows every pod that has data, and that each answers. */
export async function everyEndpointUp(platform: Platform, report: Report): Promise<void> {
  const { central, namespace } = platform;
  await report.check("Query's endpoints are all up", () =>
    eventually(120, () =>
      platform.queryItself(async (query) => {
        const stores = await query.stores();
        const counts = await Promise.all(
          Object.entries(podsOf).map(async ([kind, selector]) => {
            const pods = await central.list<KubernetesObject>(['pods'], namespace, selector);
            return { kind, pods: pods.length, known: stores[kind]?.length ?? 0 };
          }),
        );
        const wrong = [
          ...counts
            .filter(({ pods, known }) => pods !== known || pods === 0)
            .map(({ kind, pods, known }) => `${kind}: ${known} known, ${pods} pods`),
          ...Object.values(stores)
            .flat()
            .flatMap(({ name, lastError }) => (lastError ? [`${name}: ${lastError}`] : [])),
        ];
        if (wrong.length > 0) throw new Failure(wrong.join('\n'));
        return counts.map(({ kind, known }) => `${known} ${kind}`).join(', ');
      }),
    ),
  );
}
