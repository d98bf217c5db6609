import { parse } from 'yaml';
import { z } from 'zod';
import { Duration } from '../../config/units';
import { Failure } from '../failure';

/** How Grafana asks. */
export interface Datasource {
  /** Seconds between two scrapes, as it is told. */
  scrapeInterval: number;
  /** Parameters that it adds to every query. */
  besides: Record<string, string>;
}

const file = z.object({
  datasources: z
    .array(
      z.object({
        isDefault: z.boolean().default(false),
        jsonData: z
          .object({ timeInterval: z.string().default('15s'), customQueryParameters: z.string().default('') })
          .prefault({}),
      }),
    )
    .nullish(),
});

/**
 * Grafana's default datasource.
 *
 * @param texts its provisioning files
 * @throws Failure when none of them has one
 */
export function defaultDatasource(texts: readonly string[]): Datasource {
  const all = texts.flatMap((text) => file.parse(parse(text)).datasources ?? []);
  const found = all.find(({ isDefault }) => isDefault);
  if (!found) throw new Failure('Grafana has no default datasource: no ConfigMap with grafana_datasource=1');
  const { timeInterval, customQueryParameters } = found.jsonData;
  return {
    scrapeInterval: Duration.parse(timeInterval).seconds,
    besides: Object.fromEntries(new URLSearchParams(customQueryParameters)),
  };
}
