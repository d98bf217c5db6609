import { built } from './dashboard';
import { dashboards } from './list';

/** Every dashboard of ours as it is committed: the text of each file by its name. */
export const jsonFiles = (): ReadonlyMap<string, string> =>
  new Map(dashboards.map((spec) => [`${spec.name}.json`, `${JSON.stringify(built(spec), null, 2)}\n`]));
