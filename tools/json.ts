import type { z } from 'zod';
import { UserError } from './command-line';

/**
 * What another program or a file says, as JSON.
 *
 * @param what who says it, such as `pulumi stack ls --json`; what was said is not repeated, since it may
 *   hold a secret
 * @param remedy what to do about it, a sentence
 * @throws UserError where it is no JSON
 */
export function parsedJson(what: string, text: string, remedy = 'Correct it.'): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UserError(`${what}: ${foundIn(text)}. ${remedy}`, { cause: error });
  }
}

const foundIn = (text: string): string =>
  text.trim() === '' ? 'found nothing; needed is JSON' : `found ${text.length} characters that are no JSON`;

/**
 * The same, of a form.
 *
 * @throws UserError where it is no JSON, or another form; the message names the fields and no value
 */
export function checkedJson<T>(what: string, schema: z.ZodType<T>, text: string, remedy?: string): T {
  const { success, data, error } = schema.safeParse(parsedJson(what, text, remedy));
  if (success) return data;
  const issues = error.issues.slice(0, 3).map(issueText).join('; ');
  throw new UserError(`${what}: not what is needed (${issues}). ${remedy ?? 'Correct it.'}`, {
    cause: error,
  });
}

/** What a schema has against a value: `stacks.0.stack: Invalid input: expected string, received number`. */
export const issueText = ({ path, message }: { path: readonly PropertyKey[]; message: string }): string =>
  path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`;
