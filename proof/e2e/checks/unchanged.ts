import type { PulumiProject } from '../pulumi';
import type { Report } from '../report';

/** Checks that what is deployed is what the program says. */
export async function nothingToChange(
  pulumi: PulumiProject,
  stacks: readonly string[],
  report: Report,
): Promise<void> {
  for (const stack of stacks) {
    await report.check(`pulumi up of ${stack} again changes nothing`, () =>
      pulumi.up(stack, '--expect-no-changes'),
    );
    await report.check(`pulumi preview --refresh of ${stack} finds nothing changed outside`, () =>
      pulumi.preview(stack, '--refresh', '--expect-no-changes'),
    );
  }
}
