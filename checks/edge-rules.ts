import type { EdgeConfig } from '../config/edge';
import type { Violation } from '../config/errors';
import { keepMetricsViolations } from './keep-metrics';
import { openPods } from './network-policies';
import { resourceOrder } from './resources';

/**
 * What must hold between keys of an edge stack. What it accepts with a reason is left out by
 * `checks/edge.ts`.
 */
export const edgeRules = (config: EdgeConfig): Violation[] => [
  ...resourceOrder(config),
  ...keepMetricsViolations(config),
  ...singleAgent(config),
  ...openPods(config.networkPolicies, "the agents' data"),
];

const singleAgent = ({ agent }: EdgeConfig): Violation[] =>
  agent.replicas > 1
    ? []
    : [
        {
          key: 'agent.replicas',
          found: String(agent.replicas),
          allowed: '2: a single agent that restarts during an outage forgets all that it has not sent',
          fix: 'Set it to 2, or say in acceptedRisks why those samples may be lost.',
        },
      ];
