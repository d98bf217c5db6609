import { ownNamespace } from './namespaces';

/** A stack's configuration as the engine hands it over: texts (JSON for structured values) by full key. */
export interface RawConfig {
  /** Name of the stack, for messages. */
  stack: string;
  /** Every key of the stack, also those of other namespaces. */
  values: Readonly<Record<string, string>>;
  /** The full keys whose values are encrypted. */
  secretKeys: readonly string[];
}

const prefix = `${ownNamespace}:`;

/** The keys below `monitoring:`, with JSON texts read. */
export function structured({ values }: Pick<RawConfig, 'values'>): Record<string, unknown> {
  const own = Object.entries(values).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(own.map(([key, text]) => [key.slice(prefix.length), json(text)]));
}

/** A text as what it holds: Pulumi hands over lists and mappings as JSON. */
export function json(text: string): unknown {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
