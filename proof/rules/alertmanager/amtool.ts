import { execa } from 'execa';

/** What amtool says, and how it ends. */
export type Amtool = (...args: string[]) => Promise<{ code: number; out: string }>;

/** @param program path of amtool */
export const amtoolAt =
  (program: string): Amtool =>
  async (...args) => {
    const options = {
      all: true,
      reject: false,
      stdin: 'ignore',
      stripFinalNewline: false,
      timeout: 60_000,
    } as const;
    const { exitCode, all } = await execa(program, args, options);
    return { code: exitCode ?? -1, out: all };
  };

/** What was found and what should be, where they differ. */
export const differs = (what: string, found: string, wanted: string): string[] =>
  found === wanted ? [] : [`${what}: found ${found || 'nothing'}, not ${wanted || 'nothing'}`];
