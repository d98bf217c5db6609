import { concealed } from './secret-keys';
import { at, shown, type Violation } from './errors';
import { ownNamespace } from './namespaces';
import { structured, type RawConfig } from './raw';
import { Cpu, Duration, Quantity, UnitError } from './units';

/**
 * A violation as it is told: with the value as it was written, the name of the entry of a list that it is
 * about, and nothing of what is encrypted.
 */
export function told(raw: RawConfig): (violation: Violation) => Violation {
  const written = structured(raw);
  const hide = concealed(raw);
  return (violation) => hide(withEntry(written, asWritten(written, violation)));
}

/** Checks know amounts and times, which are the same in other units; people look for what they wrote. */
function asWritten(written: object, violation: Violation): Violation {
  const { namespace = ownNamespace, key, found } = violation;
  const value = namespace === ownNamespace ? at(written, key.split('.')) : undefined;
  if (found === undefined || (typeof value !== 'string' && typeof value !== 'number')) return violation;
  const text = String(value);
  const same = units.some((parse) => printed(parse, text) === found);
  return same ? { ...violation, found: text } : violation;
}

const units = [
  (text: string) => Quantity.parse(text),
  (text: string) => Cpu.parse(text),
  (text: string) => Duration.parse(text),
];

function printed(parse: (text: string) => { toString(): string }, text: string): string | undefined {
  try {
    return parse(text).toString();
  } catch (error) {
    if (error instanceof UnitError) return undefined;
    throw error;
  }
}

/** The name of the innermost entry of a list that a key leads through, unless the name itself is wrong. */
function withEntry(written: object, violation: Violation): Violation {
  const path = violation.key.split('.');
  const names = path.flatMap((part, i) => {
    if (!/^\d+$/.test(part) || path[i + 1] === 'name') return [];
    const name = at(written, [...path.slice(0, i + 1), 'name']);
    return typeof name === 'string' && name !== '' ? [name] : [];
  });
  const entry = names.at(-1);
  return entry === undefined ? violation : { ...violation, entry: shown(entry).slice(1, -1) };
}
