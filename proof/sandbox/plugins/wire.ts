import { type JavaScriptValue, Struct } from 'google-protobuf/google/protobuf/struct_pb';
import { type Props } from './resource-kind';

/** Marks a secret on the wire; its value is under `value` (`pulumi.runtime.specialSecretSig`). */
const secretMark = '4dabf18193072939515e22adb298388d';

function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  if (secretMark in value) return plain((value as Props)['value']);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

/** Property values without their secret marks: the engine puts those back on the answers. */
export function toProps(struct: Struct | undefined): Props {
  return plain(struct?.toJavaScript() ?? {}) as Props;
}

export function toStruct(props: object): Struct {
  return Struct.fromJavaScript(props as Record<string, JavaScriptValue>);
}

export function nameOf(urn: string): string {
  return urn.split('::').slice(3).join('::');
}

/** Type in a URN, without those of the parents, which stand before it, each with a `$`. */
export function typeOf(urn: string): string {
  return (urn.split('::')[2] ?? '').split('$').at(-1) ?? '';
}
