import { z } from 'zod';
import type { OutputSchema } from '../../contract/schema';

/** As far as promises are compared by it; what else there is, is compared as it is. */
const nested: z.ZodType<OutputSchema> = z.lazy(() =>
  z.looseObject({
    type: z.string().optional(),
    enum: z.array(z.unknown()).optional(),
    'x-since': z.number().optional(),
    'x-secret': z.boolean().optional(),
    properties: z.record(z.string(), nested).optional(),
    required: z.array(z.string()).optional(),
    items: nested.optional(),
    additionalProperties: nested.optional(),
  }),
);

const version = z.object({ properties: z.object({ contractVersion: z.object({ const: z.number() }) }) });

/** What a release promised, as it stands in `contract/released/`; its version is what breaks depend on. */
export const releasedSchema: z.ZodType<OutputSchema> = nested.refine(
  (schema) => version.safeParse(schema).success,
  '`properties.contractVersion.const` is no number',
);
