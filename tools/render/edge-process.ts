import { RunError } from '@pulumi/pulumi';
import { checkedConfig } from '../../checks/config';
import { document } from './document';
import { deployAll } from './fleet';
import type { Deployment } from './registered';
import { tracedOnFailure } from './stack-traces';
import type { StackFile } from './stack-file';

/**
 * Edges to be rendered in a process of their own, and the deployments of the central stacks that they refer
 * to.
 */
export interface Question {
  files: readonly StackFile[];
  centres: ReadonlyMap<string, Deployment>;
}

/** What became of them. */
export interface Answer {
  /** By stack; those before the first that failed. */
  texts: readonly (readonly [stack: string, text: string])[];
  failure?: {
    /** The stack file. */
    path: string;
    message: string;
    stack: string | undefined;
    /** Whether the program refused it, which is an answer and needs no stack trace. */
    refusal: boolean;
  };
}

async function answer({ files, centres }: Question): Promise<Answer> {
  const texts: [string, string][] = [];
  // `fleetOf` has checked them, and refused what it could.
  for (const file of files) {
    const stack = { file, config: checkedConfig(file) };
    try {
      for (const [name, deployment] of await tracedOnFailure(() => deployAll([stack], centres))) {
        texts.push([name, document(deployment)]);
      }
    } catch (error) {
      const { message, stack: trace } = error as Error;
      const { path } = file;
      return { texts, failure: { path, message, stack: trace, refusal: RunError.isInstance(error) } };
    }
  }
  return { texts };
}

process.once('message', (question: Question) => {
  void answer(question).then((answered) => {
    process.send?.(answered);
  });
});
