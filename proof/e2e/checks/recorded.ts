import type { Platform } from '../platform';
import { Failure } from '../../failure';
import type { Report } from '../report';
import { eventually } from '../../eventually';

/** A series that the Ruler alone writes, one for each edge (`observability/rules/edges.ts`). */
export const recorded = 'cluster:fresh:bool';

/** Seconds until the Ruler has evaluated a group of one minute twice, and Query has its answer. */
const patience = 300;

/** Checks that what the Ruler records of an edge is read back: dashboards and objectives are made of it. */
export async function recordedArrive(platform: Platform, report: Report): Promise<void> {
  const { edgeName } = platform;
  await report.check(`${recorded} of ${edgeName}, which the Ruler records`, () =>
    eventually(patience, () =>
      platform.query(async (query) => {
        const found = await query.instant(`${recorded}{cluster="${edgeName}"}`);
        const values = found.map(({ value }) => value[1]);
        if (values.join() !== '1') throw new Failure(`found ${values.join(', ') || 'no series'}, not 1`);
        return '1, of one series';
      }),
    ),
  );
}
