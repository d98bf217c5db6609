import { allWell, judged, span, together, unknown, type Finding, type Observation } from '../finding';

/** What an agent tells of its queue. Unix times in seconds; 0: never. */
export interface AgentSeen {
  pod: string;
  /** The newest sample that it has scraped, and that it has sent. */
  scraped: number;
  sent: number;
  pending: number;
  /** Since its start: refused for good by the centre, and tried again. */
  failed: number;
  retried: number;
}

/** Whether each agent has sent nearly all that it has scraped. @param most seconds that it may be behind */
export const queuesDrain = (agents: readonly Observation<AgentSeen>[], most: number): Finding =>
  agents.length === 0
    ? unknown({ why: 'no pod of an agent was found', fix: 'Run pulumi up on this stack.' })
    : together(
        agents.map((agent) =>
          judged(agent, ({ pod, scraped, sent, pending, failed, retried }) => {
            const behind = scraped - sent;
            const totals = `since its start ${failed} refused, ${retried} tried again`;
            const faults = [
              ...(scraped === 0 ? [`${pod} has scraped nothing`] : []),
              ...(scraped > 0 && sent === 0 ? [`${pod} has sent nothing yet (${totals})`] : []),
              ...(sent > 0 && behind > most
                ? [`${pod} is ${span(behind)} behind, ${pending} samples wait (${totals})`]
                : []),
            ];
            return allWell(
              faults,
              `${pod} is ${span(Math.max(0, behind))} behind; ${totals}`,
              'What the centre answers is in its log: docs/runbooks/EdgeRemoteWriteBehind.md.',
            );
          }),
        ),
      );
