import { z } from 'zod';
import { chartPods } from '../../components/prometheus-stack/addresses';
import type { Platform } from '../e2e/platform';
import { Failure } from '../failure';
import { HttpClient } from '../../tools/http-client';
import type { Labels } from './messages';

const alerts = z.array(z.object({ labels: z.record(z.string(), z.string()) }));

/** Labels of every alert that fires, by one of both Alertmanagers. @throws Failure with its answer */
export function activeAlerts({ central, namespace }: Platform): Promise<Labels[]> {
  return central.forwarded(
    'service/alertmanager-operated',
    chartPods.alertmanager.ports.http,
    namespace,
    async (address) => {
      const http = new HttpClient(address);
      try {
        const { status, body } = await http.send({ path: '/api/v2/alerts?active=true' });
        if (status !== 200) throw new Failure(`Alertmanager answers ${status}: ${body.slice(0, 200)}`);
        return alerts.parse(JSON.parse(body)).map(({ labels }) => labels);
      } finally {
        http.close();
      }
    },
  );
}
