import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Alias, Document, Node } from 'yaml';
import { fullKey } from '../../config/namespaces';
import { readGiven, UserError } from '../command-line';
import { pulumiYaml } from './pulumi-yaml';

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
  // What is no UTF-8 became U+FFFD; UTF-16 has a NUL beside every letter.
  if (/[\0\uFFFD]/.test(text)) throw new StackFileError(`${path}: no text in UTF-8. Save it as UTF-8.`);
  if (/\r(?!\n)/.test(text)) {
    throw new StackFileError(`${path}: lines that end with CR alone. Save it with LF or CRLF as line ends.`);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { ...pulumiYaml, lineCounter: lines, prettyErrors: false });
  const found = document.errors.length > 0 ? syntaxErrors(document) : shapeErrors(document);
  const faults = found.length > 0 ? found : valueErrors(document);
  if (faults.length > 0) {
    const messages = faults.map(({ offset, what }) => {
      const { line, col } = lines.linePos(offset);
      return `${path}:${line}:${col}: ${what}`;
    });
    const hint = found.length > 0 ? [`${needed} ${example}`] : [];
    throw new StackFileError([...messages, ...hint].join('\n'));
  }
  const { config } = plain(path, document) as { config: Record<string, unknown> };
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [fullKey(key), value]));
}

const example = 'Compare it with a committed one, such as Pulumi.cluster-01.yaml.';

interface Fault {
  offset: number;
  what: string;
}

/** What the parser says of a level that it cannot reach any more, once for each that it had reached. */
const tooDeep = 'call stack';

const syntaxErrors = ({ errors }: Document): Fault[] =>
  errors
    .filter(({ message }, i) => !message.includes(tooDeep) || i === 0)
    .map(({ code, message, pos: [offset] }) => ({
      offset,
      what:
        code === 'MULTIPLE_DOCS'
          ? 'found a second document: Pulumi reads the first alone'
          : message.includes(tooDeep)
            ? 'found lists or mappings within each other hundreds of times'
            : `no YAML: ${message}`,
    }));

function shapeErrors({ contents }: Document.Parsed): Fault[] {
  if (!isMap(contents)) return [{ offset: contents?.range[0] ?? 0, what: `found ${kind(contents)}` }];
  const unread = contents.items.flatMap(({ key }): Fault[] => {
    const name = isScalar(key) ? String(key.value) : 'a key that is no text';
    const what = `found ${name}: at the top, where Pulumi reads only ${topKeys.join(', ')}`;
    return topKeys.includes(name) ? [] : [{ offset: key.range[0], what }];
  });
  const config = contents.get('config', true) as Node | undefined;
  if (config === undefined) return [...unread, { offset: contents.range[0], what: 'no `config:`' }];
  if (isMap(config)) return [...unread, ...keyErrors(config.items as { key: Node }[])];
  return [...unread, { offset: config.range?.[0] ?? 0, what: `found ${kind(config)} as \`config:\`` }];
}

/** Keys that Pulumi cannot read, and two spellings of one, of which it would take the last without a word. */
function keyErrors(items: readonly { key: Node }[]): Fault[] {
  const keys = items.map(({ key }) => (isScalar(key) ? key.value : undefined));
  const full = keys.map((key) => (typeof key === 'string' ? fullKey(key) : undefined));
  return items.flatMap(({ key }, i): Fault[] => {
    const [name, offset] = [full[i], key.range?.[0] ?? 0];
    const said = isScalar(key) ? String(key.source ?? key.value) : 'a key that is no text';
    // The one key without a namespace that is none of the project's: YAML's own.
    if (said === '<<') return [];
    if (name === undefined || !/^[^:]+:[^:]+$/.test(name))
      return [{ offset, what: `found ${said}: no key; a key is a name, or NAMESPACE:NAME` }];
    const first = full.indexOf(name);
    if (first === i) return [];
    return [{ offset, what: `found ${said}: the same key as ${String(keys[first])} above; keep one` }];
  });
}

/** What Pulumi's parser, or its way from YAML to JSON, would refuse. */
function valueErrors(document: Document.Parsed): Fault[] {
  const faults: Fault[] = document.warnings.map(({ message, pos: [offset] }) => ({ offset, what: message }));
  const add = (node: Node, what: string) => void faults.push({ offset: node.range?.[0] ?? 0, what });
  const { explicit, version } = document.directives.yaml;
  if (explicit === true && version !== '1.1')
    faults.push({ offset: 0, what: `found %YAML ${version}: Pulumi reads 1.1 alone. Remove the line` });
  visit(document, {
    Alias: (_, alias) => {
      const what = aliasError(alias, document);
      if (what !== undefined) add(alias, what);
    },
    Scalar: (_, scalar) => {
      if (typeof scalar.value === 'number' && !Number.isFinite(scalar.value))
        add(scalar, `found ${String(scalar.source)}: no number that Pulumi reads. Write a number, or quotes`);
    },
    Pair: (_, { key }) => {
      const name = isAlias(key) ? key.resolve(document) : key;
      if (!isScalar(name) || name.value === null)
        add(key as Node, 'found nothing, a list or a mapping as a key. Write a name');
    },
  });
  return faults;
}

function aliasError(alias: Alias, document: Document): string | undefined {
  const source = alias.resolve(document);
  const said = `found *${alias.source}`;
  if (source === undefined) return `${said}: no &${alias.source} stands above it. Correct the name`;
  const [from = 0, , to = 0] = source.range ?? [];
  const at = alias.range?.[0] ?? 0;
  return at >= from && at < to ? `${said} inside of &${alias.source}, which would have no end` : undefined;
}

/** The document as plain values. What still fails is a merge of something else, or thousands of aliases. */
function plain(path: string, document: Document): unknown {
  try {
    return document.toJS() as unknown;
  } catch (error) {
    throw new StackFileError(`${path}: no YAML that Pulumi reads: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function kind(node: Node | null): string {
  if (isSeq(node)) return 'a list';
  return node === null || (isScalar(node) && node.value === null) ? 'nothing' : 'a single value';
}
