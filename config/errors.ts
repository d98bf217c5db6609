import type { z } from 'zod';

/** One thing wrong with a stack's configuration. */
export interface Violation {
  /** Where the key stands, if not below `monitoring:`. */
  namespace?: string;
  /** Path of the key below its namespace, such as `prometheus.retentionSize`. */
  key: string;
  /** The value found, as text; undefined when the key is missing. */
  found: string | undefined;
  /** What is allowed. */
  allowed: string;
  /** What to do, as a sentence. */
  fix: string;
}

/** Everything that is wrong with a configuration, at once. Thrown before any resource is registered. */
export class ConfigError extends Error {
  constructor(
    readonly stackName: string,
    readonly violations: readonly Violation[],
  ) {
    super(`${headline(stackName, violations.length)}\n${violations.map(line).join('\n')}`);
  }
}

const headline = (stack: string, count: number) =>
  `The configuration of stack ${stack} has ${count === 1 ? 'an error' : `${count} errors`}; nothing was touched.`;

const line = ({ namespace = 'monitoring', key, found, allowed, fix }: Violation) =>
  `  ${namespace}:${key}: ${found === undefined ? 'missing' : `found ${found}`}; allowed: ${allowed}. ${fix}`;

/** The text of a found value: JSON, cut to a readable length. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? 'nothing' : text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** Turns zod's issues into violations, with the values found in `input`. */
export function violations(issues: readonly z.core.$ZodIssue[], input: unknown): Violation[] {
  return issues.flatMap((issue): Violation[] => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        key: [...path, key].join('.'),
        found: shown(at(input, [...path, key])),
        allowed: 'no such key',
        fix: 'Remove it, or correct its name (docs/config.md lists every key).',
      }));
    }
    const key = path.join('.');
    const value = at(input, path);
    const missing = value === undefined;
    return [
      {
        key,
        found: missing ? undefined : shown(value),
        allowed: issue.message.replace(/^Invalid input: expected (\w+), received .*/, 'a value of type $1'),
        fix: missing ? `Set it in the stack file.` : 'Change it in the stack file.',
      },
    ];
  });
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined,
    value,
  );
}
