import { z } from 'zod';
import { stackName } from '../diff/comparison';
import { block, code, counted } from '../diff/markdown';

const stacks = z.array(z.object({ stack: stackName, text: z.string() }));

/** What `npm run drift` writes and `npm run github -- drift` reads. */
export const report = z.object({
  drifted: stacks,
  /** Could not be looked at; nothing is known of them. */
  unknown: stacks,
});

/** Characters of one stack: an issue takes 65 536 in all. */
const most = 4_000;
/** Stacks that are shown. */
const shownStacks = 12;

/** The text of the issue. */
export function driftText({ drifted, unknown }: z.infer<typeof report>): string {
  return [
    `${counted(drifted.length, 'stack')} ${drifted.length === 1 ? 'is' : 'are'} not what this repository says: somebody has changed the cluster, or a change was merged and not deployed.`,
    '',
    'Look with `pulumi preview --refresh --diff --stack STACK`; then `pulumi up --refresh`, or change the repository. Without `--refresh` Pulumi believes its state and mends nothing.',
    '',
    ...(drifted.some(({ text }) => text.includes('field conflict')) ? [ofAnotherOwner, ''] : []),
    ...some('Differs', drifted),
    ...some('Could not be looked at', unknown),
    ...(unknown.some(({ text }) => text.includes(forgetting)) ? [notDeleted, ''] : []),
  ].join('\n');
}

const ofAnotherOwner =
  'What another field manager owns (`conflict with …`) `pulumi up` refuses. Undo it as it was done, or take it over: `PULUMI_K8S_ENABLE_PATCH_FORCE=true pulumi up --refresh`, and `pulumi up` after it, which takes that setting out of the state again.';

const forgetting = 'PULUMI_K8S_DELETE_UNREACHABLE';
const notDeleted = `Do not set \`${forgetting}\`, as Pulumi proposes, unless the cluster is gone for good: it forgets what is deployed there.`;

function some(title: string, all: readonly { stack: string; text: string }[]): string[] {
  if (all.length === 0) return [];
  const rest = all.slice(shownStacks).map(({ stack }) => code(stack));
  return [
    `### ${title}`,
    '',
    ...all.slice(0, shownStacks / 2).flatMap(({ stack, text }) => {
      const cut =
        text.length > most ? `${text.slice(0, most)}\n… (${text.length - most} more characters)` : text;
      return [code(stack), '', ...block(cut.split('\n')), ''];
    }),
    ...all.slice(shownStacks / 2, shownStacks).map(({ stack }) => `- ${code(stack)}`),
    ...(rest.length > 0 ? [`- and ${rest.length} more: ${rest.slice(0, 200).join(', ')}`] : []),
    '',
  ];
}
