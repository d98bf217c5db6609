import { z } from 'zod';
import { datasourceUid } from '../../../components/grafana/datasources';
import type { GrafanaSeen } from '../checks/grafana';
import { NotSeen } from '../observe';
import type { Asked } from './forwarded';

const datasources = z.array(
  z.object({ uid: z.string(), name: z.string(), url: z.string(), isDefault: z.boolean() }),
);
const health = z.object({ status: z.string(), message: z.string().default('') });
const search = z.array(z.object({ uid: z.string() }));

/** Most dashboards that Grafana's search lists at once. */
const most = 5000;

/** What Grafana shows its administrator. */
export async function lookAtGrafana({ get }: Asked): Promise<GrafanaSeen> {
  const [sources, answered, found] = await Promise.all([
    get('/api/datasources'),
    // A datasource that does not answer is an answer with another status than 200.
    get(`/api/datasources/uid/${datasourceUid}/health`).catch((error: unknown) => {
      if (error instanceof NotSeen) return JSON.stringify({ status: 'ERROR', message: error.message });
      throw error;
    }),
    get(`/api/search?type=dash-db&limit=${most}`),
  ]);
  const standard = datasources.parse(JSON.parse(sources)).find(({ isDefault }) => isDefault);
  return {
    datasource: standard,
    health: health.parse(JSON.parse(answered)),
    dashboards: search.parse(JSON.parse(found)).length,
  };
}
