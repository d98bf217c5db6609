import { z } from 'zod';

/** Characters of a rendered stack: the committed centre has 250 thousand (`wc -c tests/golden/*`). */
const largestText = 16 * 1024 * 1024;

/** Characters of a message, or of a page of capacity. */
const largestMessage = 1024 * 1024;

/** A stack as one revision has it. */
const side = z.union(
  [
    /** What `npm run render` writes of it. */
    z.object({ text: z.string().max(largestText) }),
    /** It is not rendered; the message says why. */
    z.object({ refused: z.string().max(largestMessage) }),
  ],
  { error: `needed is one text: \`text\`, or \`refused\`, and of no more than the largest stack has` },
);

/** A stack file's name allows no more; a comment's table would be split at a `|` even within code. */
export const stackName = z
  .string()
  .regex(/^[\w.-]{1,100}$/, 'needed is the name of a stack: letters, digits, `_`, `.` and `-`, at most 100');

const page = z.string().max(largestMessage).optional();

const stack = z
  .object({
    stack: stackName,
    /** The page of `npm run capacity`, of a central stack. */
    capacity: z.object({ before: page, after: page }).optional(),
    before: side.optional(),
    after: side.optional(),
  })
  .refine(({ before, after }) => before !== undefined || after !== undefined, {
    error: 'needed is `before`, `after` or both',
  });

/**
 * Two revisions as data: what one program collects and another makes a page of. A pull request's own program
 * runs without any right; the one that writes the comment has the right to, so it takes data, not text.
 */
export const comparison = z.object({
  /** What the change is compared with, as people name it, and its commit. */
  base: z.object({ name: z.string().max(1000), commit: z.string().max(100) }),
  stacks: z
    .array(stack)
    .min(1, 'needed is a stack')
    .max(10_000)
    .refine((stacks) => new Set(stacks.map(({ stack: name }) => name)).size === stacks.length, {
      error: 'needed is each stack once',
    }),
});

export type Comparison = z.infer<typeof comparison>;
export type ComparedStack = z.infer<typeof stack>;
export type Side = z.infer<typeof side>;
