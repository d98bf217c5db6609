import { z } from 'zod';
import { centralOutputs, centralSecretOutputs } from './central';
import { edgeOutputs } from './edge';

/**
 * A JSON Schema of outputs, as far as this contract uses the language. `x-since` and `x-secret` stand on
 * outputs and not on what is in them (`promised.ts`).
 */
export interface OutputSchema {
  type?: string;
  const?: unknown;
  enum?: readonly unknown[];
  description?: string;
  'x-since'?: number;
  'x-secret'?: boolean;
  properties?: Readonly<Record<string, OutputSchema>>;
  required?: readonly string[];
  items?: OutputSchema;
  additionalProperties?: OutputSchema;
}

/**
 * As input: an object may have keys that the schema does not know, so that a team that checks outputs with
 * the schema of an older release does not refuse a new one.
 */
const outputSchema = (outputs: z.ZodType) => z.toJSONSchema(outputs, { io: 'input' }) as OutputSchema;

/** JSON Schemas of the outputs, by file name in this folder, for teams that read them in other languages. */
export const schemas = (): Record<string, OutputSchema> => ({
  'central.schema.json': outputSchema(centralOutputs.extend(centralSecretOutputs.shape)),
  'edge.schema.json': outputSchema(edgeOutputs),
});
