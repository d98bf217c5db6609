import { UserError } from '../../../tools/command-line';

/**
 * How far the sandbox goes for a tool that is not on PATH:
 * auto: its cache, then the official program, then a build; path: no further; download: never builds; build:
 * never downloads.
 */
export const modes = ['auto', 'path', 'download', 'build'] as const;
export type Mode = (typeof modes)[number];

/** Reads SANDBOX_TOOLS. @throws Error for a value that is none of the modes */
export function readMode(value = process.env['SANDBOX_TOOLS'] ?? 'auto'): Mode {
  const mode = modes.find((known) => known === value);
  if (mode === undefined)
    throw new UserError(`SANDBOX_TOOLS=${value}: must be one of ${modes.join(', ')}, or unset for auto`);
  return mode;
}
