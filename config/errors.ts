import type { z } from 'zod';
import { mayHoldSecretAddress } from './alerting/secret-addresses';
import { Cpu, Duration, Quantity } from './units';

/** One thing wrong with a stack's configuration. */
export interface Violation {
  /** Where the key stands, if not below `monitoring:`. */
  namespace?: string;
  /** Path of the key below its namespace, such as `prometheus.retentionSize`. */
  key: string;
  /** Name of the entry of a list that the key leads through by its number. */
  entry?: string;
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
    const lines = [...new Set(violations.map(line))];
    super(`${headline(stackName, lines.length)}\n${lines.join('\n')}`);
  }
}

const headline = (stack: string, count: number) =>
  `The configuration of stack ${stack} has ${count === 1 ? 'an error' : `${count} errors`}; nothing was touched.`;

const line = ({ namespace = 'monitoring', key, entry, found, allowed, fix }: Violation) =>
  `  ${visible(`${namespace}:${key}`)}${entry === undefined ? '' : ` (${entry})`}: ${found === undefined ? 'missing' : `found ${found}`}; allowed: ${allowed}. ${fix}`;

/**
 * The text of a found value: JSON, cut to a readable length, without the password of an address, and with a
 * number for each character that nobody sees.
 */
export function shown(value: unknown): string {
  if (value === null) return 'nothing';
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return 'nothing';
  if (holdsPrivateKey(text)) return 'a private key that is not shown';
  if (namesSecret(text) || isToken(text) || mayHoldSecretAddress(text)) return maybeASecret;
  const hidden = visible(
    text
      .replace(/([^\s/@:"]*):[^\s/@"]+@/g, '$1:[hidden]@')
      // A token stands in the place of the user.
      .replace(/:\/\/[^\s/@:"]+@/g, '://[hidden]@'),
  );
  return hidden.length > 80 ? `${hidden.slice(0, 77)}...` : hidden;
}

/** What stands in a message in the place of a value that may be a secret. */
export const maybeASecret = 'something that is not shown, since it may be a secret';

/** Whether a text has a private key in it, in PEM. */
export const holdsPrivateKey = (text: string) => /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text);

/** Whether a text has a part whose name says that it is a secret: contents of a file, a mapping, a query. */
const namesSecret = (text: string) =>
  /(?:pas+w(?:or)?d|pwd|secret[_-]?(?:access[_-]?)?key|client[_-]?secret|token|credentials?|private[_-]?key|api[_-]?key|access[_-]?key|key-data)["'\\]*\s*[:=]\s*["'\\]*[^\s"'\\{[]/i.test(
    text,
  );

/** Whether a text has a token in it that is known by its beginning: of Slack, GitHub, GitLab. */
export const isToken = (text: string) => /\b(?:xox[a-z]-|gh[a-z]_|github_pat_|glpat-)\w/.test(text);

const numbered = (c: string) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`;

/** A letter, digit or dash of another alphabet, which may look as one of ASCII does. */
const lookAlike = /(?!\p{ASCII})[\p{L}\p{Nd}\p{Pd}\u2212]/gu;

/** Latin letters with accents, which people see. */
const accented = (c: string) => /\p{Script=Latin}/u.test(c) && c.normalize('NFKC') === c;

/**
 * A text with a number for each character that nobody sees, and for those of another alphabet in a word of
 * ASCII: who reads `monit\u{43e}ring` knows why `monitoring` was not found.
 */
const visible = (text: string) =>
  text
    .replace(/\p{C}|(?! )\p{Z}/gu, numbered)
    .replace(/[\p{L}\p{M}\p{N}\p{Pd}\u2212_]+/gu, (word) =>
      /[A-Za-z0-9]/.test(word) ? word.replace(lookAlike, (c) => (accented(c) ? c : numbered(c))) : word,
    );

/** Names of keys whose values no message repeats, also where such a key has no place. */
const secretName =
  /pas+[wp]|pwd|secret|token|bearer|credential|authori[sz]ation|private|api-?_?key|access-?_?key|^(?:user|key|auth)$/i;

/** Turns zod's issues into violations, with the values found in `input`. */
export function violations(issues: readonly z.core.$ZodIssue[], input: unknown): Violation[] {
  return issues.flatMap((issue): Violation[] => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => unknownKey([...path, key], at(input, [...path, key])));
    }
    const key = path.join('.');
    const value = at(input, path);
    const fixed = { key, allowed: allowed(issue) };
    if (issue.code === 'invalid_key') {
      return [
        { ...fixed, found: `the key ${shown(path.at(-1))}`, fix: 'Correct the key in the stack file.' },
      ];
    }
    if (value === undefined) return [{ ...fixed, found: undefined, fix: 'Set it in the stack file.' }];
    return [{ ...fixed, found: shown(value), fix: fixOf(issue, value) }];
  });
}

/** A text that is no secret: an amount or a time, a word, or too short for one. */
const harmlessText = /^(?:\d{1,5}(?:\.\d{1,3})?[a-z]{0,2}|[a-z]{0,8}|.{0,3})$/i;

/**
 * The value of a key that nobody knows, as a message has it: hardly a text, since secrets stand under names
 * that people choose (docs/alerting.md), and one that was set too early or misspelt is such a key.
 */
export const shownUnknown = (name: string, value: unknown): string =>
  maybeSecret(name, value) ? 'a value that is not shown' : shown(value);

const maybeSecret = (name: string, value: unknown): boolean =>
  secretName.test(name) ||
  (typeof value === 'string' && !harmlessText.test(value)) ||
  (typeof value === 'object' &&
    value !== null &&
    Object.entries(value).some(([key, inner]) => maybeSecret(key, inner)));

/** What is allowed under a key that nobody knows. */
export const noSuchKey = 'no such key';

/** What to do about it where nothing is known that is meant. */
export const unknownFix = 'Remove it, or correct its name (docs/config.md lists every key).';

function unknownKey(path: readonly string[], value: unknown): Violation {
  const name = path.at(-1) ?? '';
  // `pulumi config set` without --path makes such a key.
  const flat = path.length === 1 && name.includes('.');
  const [first = '', ...rest] = name.split('.');
  return {
    key: path.join('.'),
    found: shownUnknown(name, value),
    allowed: noSuchKey,
    fix:
      flat && first === 'monitoring'
        ? `Write monitoring:${rest.join('.')}, with a colon.`
        : flat
          ? `Write it below ${first}: as { ${rest.join(': { ')}: … }; pulumi config set needs --path for that.`
          : unknownFix,
  };
}

/** What each type is called in a stack file. */
const types: Readonly<Partial<Record<string, string>>> = {
  array: 'a list',
  object: 'a mapping of keys',
  record: 'a mapping of keys',
  string: 'a text',
  boolean: 'true or false',
  number: 'a number',
};

/** What is allowed in the place of an issue: the schema's own words, or the name of the type. */
function allowed(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? issue.message;
  const expected = /^Invalid input: expected (\w+), received .*/.exec(issue.message)?.[1];
  return expected === undefined ? issue.message : (types[expected] ?? expected);
}

function fixOf(issue: z.core.$ZodIssue, value: unknown): string {
  // In quotes, 15 would still be no duration.
  const unit = [Duration.allowed, Quantity.allowed, Cpu.allowed].some((one) => issue.message.startsWith(one));
  const text = issue.code === 'invalid_type' && issue.expected === 'string' && !unit;
  const list = issue.message.startsWith('Invalid input: expected array');
  if (list && ['string', 'number'].includes(typeof value)) return 'Write it in brackets: [ ].';
  if (text && typeof value === 'number') return 'Write it in quotes: YAML has made a number of it.';
  if (text && typeof value === 'boolean') return 'Write it in quotes: YAML has made true or false of it.';
  return 'Change it in the stack file.';
}

/** What stands under a path; only what was written there itself. */
export function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<string, unknown>)[key]
        : undefined,
    value,
  );
}
