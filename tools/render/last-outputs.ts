import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { LastOutputs } from '../../contract/deployed-state';
import { readGiven, UserError, whyUnreadable } from '../command-line';
import type { Last } from './fleet';

/**
 * The outputs in what was rendered before. Secrets are hidden in it; the checks read none.
 *
 * @param argument how the folder was named
 * @throws UserError when there is no such folder, or something else than renders in it
 */
export function readLast(argument: string, folder: string): Last {
  const files = filesIn(argument, folder).filter((file) => file.endsWith('.yaml'));
  return new Map(
    files.map((file) => {
      const path = join(folder, file);
      const outputs = outputsOf(readGiven(argument, path));
      if (outputs) return [basename(file, '.yaml'), outputs] as const;
      throw new UserError(`${argument} ${path}: not what \`npm run render -- --out FOLDER\` writes.`);
    }),
  );
}

function filesIn(argument: string, folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const why = whyUnreadable(error);
    if (why === undefined) throw error;
    throw new UserError(`${argument} ${folder}: ${why}. Name a folder of renders.`, { cause: error });
  }
}

function outputsOf(text: string): LastOutputs | undefined {
  const documents = parseAllDocuments(text);
  const [head] = 'empty' in documents ? [] : documents;
  if (!head || documents.some(({ errors }) => errors.length > 0)) return undefined;
  const { stack, outputs } = (head.toJS() ?? {}) as { stack?: unknown; outputs?: LastOutputs };
  return typeof stack === 'string' ? outputs : undefined;
}
