import { objectName, ofKind, type Manifest, type Of } from '../manifest';
import { missing, shown, type Policy } from '../policy';
import { containers, selects, workloads, type Selector, type Workload } from '../workloads';

interface Service {
  selector?: Record<string, string> | null;
  ports?: { name?: string; port: number; targetPort?: number | string }[];
}

interface Budget {
  minAvailable?: number | string;
  maxUnavailable?: number | string;
  selector: Selector;
}

const sameNamespace = ({ metadata }: Manifest, { namespace }: Workload) =>
  (metadata.namespace ?? 'default') === namespace;

/** Whether a Service sends anything to a workload's pods. */
const serves = (service: Of<Service>, workload: Workload): boolean => {
  const { selector } = service.spec;
  return (
    selector != null &&
    sameNamespace(service, workload) &&
    selects({ matchLabels: selector }, workload.labels)
  );
};

export const servingProbed: Policy = {
  name: 'serving-probed',
  description: 'A container that a Service sends requests to says when it is ready and when it hangs.',
  reason: 'Requests go to a process that cannot answer yet, and one that hangs stays until somebody looks.',
  remedy: 'Give the container a readinessProbe and a livenessProbe.',
  scope: 'stack',
  facts: ['configReloader'],
  check: (manifests, { configReloader }) => {
    const services = ofKind<Service>(manifests, 'Service');
    return workloads(manifests, configReloader).flatMap((workload) => {
      const targets = services
        .filter((service) => serves(service, workload))
        .flatMap(({ spec }) => spec.ports ?? [])
        .map(({ port, targetPort = port }) => targetPort);
      return containers(workload)
        .filter(({ container: { ports = [] } }) =>
          ports.some(
            ({ name, containerPort }) =>
              targets.includes(containerPort) || (name !== undefined && targets.includes(name)),
          ),
        )
        .flatMap(({ container, field }) =>
          (['readinessProbe', 'livenessProbe'] as const)
            .filter((probe) => container[probe] === undefined)
            .map((probe) => ({
              object: workload.object,
              field: `${field}.${probe}`,
              found: missing,
              allowed: 'a probe: a Service sends requests here',
            })),
        );
    });
  },
};

/** A number of pods, or a share of them, which Kubernetes rounds up. */
const amount = (value: number | string, replicas: number): number =>
  typeof value === 'number' ? value : Math.ceil((Number.parseInt(value, 10) / 100) * replicas);

const evictable = ({ minAvailable, maxUnavailable }: Budget, replicas: number): number =>
  maxUnavailable === undefined
    ? replicas - amount(minAvailable ?? 0, replicas)
    : amount(maxUnavailable, replicas);

export const disruptionBudget: Policy = {
  name: 'disruption-budget',
  description:
    'What serves with several replicas has a disruption budget, which guards it alone and lets one pod go.',
  reason:
    'Without one, draining two nodes stops all replicas at once; with one that lets nothing go, no node can be drained.',
  remedy: 'Make a PodDisruptionBudget with maxUnavailable: 1 for the pods of this workload alone.',
  scope: 'stack',
  facts: ['configReloader'],
  check: (manifests, { configReloader }) => {
    const all = workloads(manifests, configReloader);
    const budgets = ofKind<Budget>(manifests, 'PodDisruptionBudget');
    const guarded = (budget: Of<Budget>) =>
      all.filter(
        (workload) => sameNamespace(budget, workload) && selects(budget.spec.selector, workload.labels),
      );
    const services = ofKind<Service>(manifests, 'Service');
    const unguarded = all
      .filter(({ manifest: { kind }, replicas }) => kind !== 'DaemonSet' && replicas > 1)
      .filter((workload) => services.some((service) => serves(service, workload)))
      .filter((workload) => !budgets.some((budget) => guarded(budget).includes(workload)))
      .map(({ object, replicas }) => ({
        object,
        field: '',
        found: `${replicas} replicas without a PodDisruptionBudget`,
        allowed: 'one that lets a pod go at a time',
      }));
    const wrong = budgets.flatMap((budget) => {
      const [only, ...others] = guarded(budget);
      const object = objectName(budget);
      if (!only || others.length > 0) {
        const found = `the pods of ${only ? others.length + 1 : 0} workloads`;
        return [{ object, field: 'spec.selector', found, allowed: 'those of one' }];
      }
      const allows = evictable(budget.spec, only.replicas);
      if (allows >= 1) return [];
      const field = budget.spec.maxUnavailable === undefined ? 'minAvailable' : 'maxUnavailable';
      const found = `${shown(budget.spec[field])} of ${only.replicas} replicas`;
      return [{ object, field: `spec.${field}`, found, allowed: 'one pod at least may go' }];
    });
    return [...unguarded, ...wrong];
  },
};
