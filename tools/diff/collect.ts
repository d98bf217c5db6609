import { stackFilesIn } from '../render/stack-file';
import type { ComparedStack, Comparison, Side } from './comparison';
import { capacityPage, renderedRevision, type RenderedRevision } from './rendered-revision';
import { withCheckout, type Revision } from './revision';

/**
 * Renders the base and the working tree, and asks both what their central stacks need.
 *
 * The working tree's checks compare with the base's outputs, as if it were deployed: so they refuse what
 * `pulumi up` would, such as a volume that becomes smaller.
 *
 * @param project folder of the working tree
 * @throws UserError that names what is called like a stack file there and is none
 */
export async function collected(
  project: string,
  base: Revision,
  say: (text: string) => void,
): Promise<Comparison> {
  stackFilesIn(project);
  return withCheckout(project, base, say, async (folder) => {
    const before = await renderedRevision({ folder });
    const after = await renderedRevision({ folder: project || '.', last: before });
    const stacks = [...new Set([...before.keys(), ...after.keys()])].sort();
    const compared: ComparedStack[] = [];
    for (const stack of stacks) {
      const sides = { ...side('before', before, stack), ...side('after', after, stack) };
      const changed = textOf(before.get(stack)) !== textOf(after.get(stack));
      const central = changed && [before, after].every((revision) => isCentral(revision.get(stack)));
      compared.push({
        stack,
        ...sides,
        ...(central && { capacity: await capacity(stack, folder, project || '.') }),
      });
    }
    return { base, stacks: compared };
  });
}

const side = (name: 'before' | 'after', revision: RenderedRevision, stack: string) => {
  const found = revision.get(stack);
  return found === undefined ? {} : { [name]: found };
};

const textOf = (found: Side | undefined) => (found && 'text' in found ? found.text : undefined);

/** The page of a refused one matters most: it may be refused for what it cannot hold. */
const isCentral = (found: Side | undefined) =>
  found !== undefined && ('refused' in found || found.text.includes('\n  tenants:'));

async function capacity(stack: string, folder: string, project: string) {
  const [before, after] = await Promise.all([capacityPage(folder, stack), capacityPage(project, stack)]);
  return { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}
