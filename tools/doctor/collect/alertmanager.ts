import { z } from 'zod';
import type { AlertLabels } from '../checks/alert-way';
import type { Asked } from './forwarded';

const status = z.object({ config: z.object({ original: z.string() }) });
const alerts = z.array(z.object({ labels: z.record(z.string(), z.string()) }));

/** What an Alertmanager says of itself. */
export interface AlertmanagerSeen {
  pod: string;
  original: string;
  alerts: readonly AlertLabels[];
}

export const lookAtAlertmanager =
  (pod: string) =>
  async ({ get }: Asked): Promise<AlertmanagerSeen> => {
    const [itself, active] = await Promise.all([
      get('/api/v2/status'),
      get('/api/v2/alerts?active=true&silenced=false&inhibited=false'),
    ]);
    return {
      pod,
      original: status.parse(JSON.parse(itself)).config.original,
      alerts: alerts.parse(JSON.parse(active)).map(({ labels }) => labels),
    };
  };
