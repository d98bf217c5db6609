import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { fullKey } from '../../config/namespaces';
import { readGiven, UserError } from '../command-line';

/** A stack file that cannot be read as one; the message says which, where, and what to do. */
export class StackFileError extends UserError {
  override name = 'StackFileError';
}

/** What Pulumi reads of a stack file; below another name all is ignored without a word. */
const topKeys = ['config', 'environment', 'secretsprovider', 'encryptedkey', 'encryptionsalt'];

const needed = 'Needed is a mapping with `config:` and, below it, the keys of docs/config.md.';

/**
 * The keys below `config:` of a stack file, each with its namespace.
 *
 * @throws StackFileError with everything that makes it no stack file, each with its line
 */
export const configIn = (path: string): Record<string, unknown> =>
  configOf(path, readGiven('stack file', path));

/**
 * The same of a text.
 *
 * @param path for messages
 */
export function configOf(path: string, text: string): Record<string, unknown> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const found = document.errors.length > 0 ? syntaxErrors(document) : shapeErrors(document);
  if (found.length > 0) {
    const messages = found.map(({ offset, what }) => {
      const { line, col } = lines.linePos(offset);
      return `${path}:${line}:${col}: ${what}`;
    });
    throw new StackFileError([...messages, `${needed} ${example}`].join('\n'));
  }
  const { config } = document.toJS() as { config: Record<string, unknown> };
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [fullKey(key), value]));
}

const example = 'Compare it with a committed one, such as Pulumi.cluster-01.yaml.';

interface Fault {
  offset: number;
  what: string;
}

const syntaxErrors = ({ errors }: Document): Fault[] =>
  errors.map(({ message, pos: [offset] }) => ({ offset, what: `no YAML: ${message}` }));

function shapeErrors({ contents }: Document.Parsed): Fault[] {
  if (!isMap(contents)) return [{ offset: contents?.range[0] ?? 0, what: `found ${kind(contents)}` }];
  const unread = contents.items.flatMap(({ key }): Fault[] => {
    const name = isScalar(key) ? String(key.value) : 'a key that is no text';
    const what = `found ${name}: at the top, where Pulumi reads only ${topKeys.join(', ')}`;
    return topKeys.includes(name) ? [] : [{ offset: key.range[0], what }];
  });
  const config = contents.get('config', true) as Node | undefined;
  if (config === undefined) return [...unread, { offset: contents.range[0], what: 'no `config:`' }];
  if (isMap(config)) return unread;
  return [...unread, { offset: config.range?.[0] ?? 0, what: `found ${kind(config)} as \`config:\`` }];
}

function kind(node: Node | null): string {
  if (isSeq(node)) return 'a list';
  return node === null || (isScalar(node) && node.value === null) ? 'nothing' : 'a single value';
}
