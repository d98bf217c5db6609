import { releaseName } from '../components/prometheus-stack/addresses';
import { roles, thanosRuler, type Role } from '../components/thanos/roles';
import type { CentralConfig, StepKey } from '../config/central';
import type { EdgeConfig, EdgeStepKey } from '../config/edge';

/** A StatefulSet whose pods have a volume each. */
export interface Claimant {
  statefulSet: string;
  /** Name of the claim in its template. */
  claim: string;
  replicas: number;
  /** The object of which Prometheus' operator makes it; none: this project deploys it itself. */
  operated?: { kind: 'prometheusagent' | 'prometheus' | 'alertmanager' | 'thanosruler'; name: string };
}

/** The claims that a StatefulSet makes, a name for each pod. */
export const claimNames = ({
  statefulSet,
  claim,
  replicas,
}: Pick<Claimant, 'statefulSet' | 'claim' | 'replicas'>): string[] =>
  Array.from({ length: replicas }, (_, i) => `${claim}-${statefulSet}-${i}`);

/** Each volume that a StatefulSet of a central stack claims, by the key of its size. */
export const claimants = (config: CentralConfig): Partial<Record<StepKey, Claimant>> => ({
  [roles.receive.volume]: thanos(roles.receive, config.receive.replicas),
  [roles.store.volume]: thanos(roles.store, config.store.replicas),
  [roles.compactor.volume]: thanos(roles.compactor, 1),
  ...(config.ruler.enabled && {
    [roles.ruler.volume]: {
      ...thanosRuler,
      replicas: config.ruler.replicas,
      operated: { kind: 'thanosruler', name: thanosRuler.name },
    },
  }),
  'prometheus.storage': operated('prometheus', 'prometheus', config.prometheus.replicas),
  'alertmanager.storage': operated('alertmanager', 'alertmanager', config.alertmanager.replicas),
});

/** The same of an edge. */
export const edgeClaimants = ({
  agent,
}: EdgeConfig): Record<Exclude<EdgeStepKey, 'cluster.storageClass'>, Claimant> => ({
  'agent.storage': operated('prometheusagent', 'prometheus', agent.replicas),
});

const thanos = ({ name }: Role, replicas: number): Claimant => ({
  statefulSet: name,
  claim: 'data',
  replicas,
});

/** What the operator puts before the name of an object of the chart, for its StatefulSet. */
const prefix = {
  prometheusagent: 'prom-agent',
  prometheus: 'prometheus',
  alertmanager: 'alertmanager',
} as const;

const operated = (
  kind: keyof typeof prefix,
  part: 'prometheus' | 'alertmanager',
  replicas: number,
): Claimant => {
  const name = `${releaseName}-${part}`;
  const statefulSet = `${prefix[kind]}-${name}`;
  return { statefulSet, claim: `${statefulSet}-db`, replicas, operated: { kind, name } };
};
