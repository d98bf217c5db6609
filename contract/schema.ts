import { z } from 'zod';
import { centralOutputs, centralSecretOutputs } from './central';
import { edgeOutputs } from './edge';

/** JSON Schemas of the outputs, by file name in this folder, for teams that read them in other languages. */
export const schemas = (): Record<string, object> => ({
  'central.schema.json': z.toJSONSchema(centralOutputs.extend(centralSecretOutputs.shape)),
  'edge.schema.json': z.toJSONSchema(edgeOutputs),
});
