import { z } from 'zod';

/** A date as Pulumi's parser writes it out, which had stood in the file as 2020-01-01. */
const writtenDate = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)? [-+]\d{4} \S+$/;

/** The longest value of a label: it stands in every series and in every message. */
const longestLabel = 128;

const quotedDate = (what: string) => `${what}; a date in quotes, since YAML makes another text of it`;

const allowedLabel =
  'a label value: letters, digits, inner blanks and signs except quotes, backslashes, braces and $, ' +
  `at most ${longestLabel} characters`;

/**
 * A value of the labels `cluster` and `environment`. It stands between quotes in expressions, in labels of
 * alerts, which are templates, and in external labels, where Prometheus puts environment variables in the
 * place of `$NAME`. What looks the same must be the same: no characters without a shape, no blanks at the
 * ends, and letters with their accents as one character.
 */
export const labelValue = () =>
  z
    .string({ error: allowedLabel })
    .refine((text) => !writtenDate.test(text), quotedDate('a label value'))
    .refine(
      (text) => /^[^"\\{}$\p{C}\p{Z}]+( +[^"\\{}$\p{C}\p{Z}]+)*$/u.test(text) && text.length <= longestLabel,
      allowedLabel,
    )
    .refine((text) => text.normalize('NFC') === text, 'a label value in composed characters (Unicode NFC)');

/** A text without line breaks and invisible characters, and without blanks at its ends. */
export const plainText = (allowed: string) =>
  z.string({ error: allowed }).regex(/^[^\p{C}\p{Z}]+( +[^\p{C}\p{Z}]+)*$/u, allowed);

/** The path of a file or a folder, which no shell expands. @param what it is, for messages */
export function filePath(what: string) {
  const allowed = `${what}; ~ and $NAME mean nothing here, write it out`;
  return (
    z
      .string({ error: allowed })
      // Braces are of the file's contents, which some programs take.
      .regex(/^[^\p{Cc}\p{Cs}{}]+$/u, allowed)
      .refine((text) => !/^~|^\$|\/\$[A-Z(]|^\s|\s$/.test(text), allowed)
  );
}

const namePart = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const prefixPart = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** Whether Kubernetes takes a text for the key of an annotation or a label. */
function isQualifiedName(text: string): boolean {
  const [name = '', prefix, ...more] = text.split('/').reverse();
  // The API server compares in lower case.
  const known = prefix === undefined || (prefix.length <= 253 && prefixPart.test(prefix.toLowerCase()));
  return more.length === 0 && known && namePart.test(name);
}

const allowedKey =
  'the key of an annotation: NAME or PREFIX/NAME, with a name of at most 63 ASCII letters, digits, -, _ and . and a DNS name as prefix';

const allowedValue = 'the text of an annotation';

/** All annotations of an object together may have 256 KiB; the program adds its own. */
const longestAnnotations = 128 * 1024;

/** Annotations of a Service or an Ingress, as the API server takes them. */
export const annotations = () =>
  z
    .record(
      z.string().refine(isQualifiedName, allowedKey),
      z
        .string({ error: allowedValue })
        .refine((text) => !text.includes('\0'), allowedValue)
        .refine((text) => !writtenDate.test(text), quotedDate(allowedValue)),
    )
    .refine(
      (all) => Object.entries(all).flat().join('').length <= longestAnnotations,
      'annotations of 128 KiB together',
    )
    .default({});

const allowedLabels =
  'labels of Kubernetes: NAME or PREFIX/NAME, and a value of at most 63 ASCII letters, digits, -, _ and .';

/** Labels that select namespaces or pods: at least one, since none would select them all. */
export const selectorLabels = () =>
  z
    .record(
      // Of labels in selectors, unlike annotations, it takes the prefix as it is written.
      z.string().refine((key) => isQualifiedName(key) && !/[A-Z].*\//.test(key), allowedLabels),
      z.string({ error: allowedLabels }).refine((text) => text === '' || namePart.test(text), allowedLabels),
    )
    .refine((labels) => Object.keys(labels).length > 0, 'at least one label');
