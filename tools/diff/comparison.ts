import { z } from 'zod';

/** A stack as one revision has it. */
const side = z.union([
  /** What `npm run render` writes of it. */
  z.object({ text: z.string() }),
  /** It is not rendered; the message says why. */
  z.object({ refused: z.string() }),
]);

/** A stack file's name allows no more; a comment's table would be split at a `|` even within code. */
const stackName = z.string().regex(/^[\w.-]{1,100}$/);

const stack = z.object({
  stack: stackName,
  /** The page of `npm run capacity`, of a central stack. */
  capacity: z.object({ before: z.string().optional(), after: z.string().optional() }).optional(),
  before: side.optional(),
  after: side.optional(),
});

/**
 * Two revisions as data: what one program collects and another makes a page of. A pull request's own program
 * runs without any right; the one that writes the comment has the right to, so it takes data, not text.
 */
export const comparison = z.object({
  /** What the change is compared with, as people name it, and its commit. */
  base: z.object({ name: z.string(), commit: z.string() }),
  stacks: z.array(stack),
});

export type Comparison = z.infer<typeof comparison>;
export type ComparedStack = z.infer<typeof stack>;
export type Side = z.infer<typeof side>;
