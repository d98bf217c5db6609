/**
 * The arguments that a component of the stack gives to a program, for the program on this machine: without
 * those that name addresses, files and secrets of a pod, for which others stand at the end.
 *
 * @param own what stands in their place, or besides, by flag; undefined: nothing
 * @throws Error when the component has none of a flag that goes: then it has another name by now
 */
export function onThisMachine(
  args: readonly string[],
  own: Readonly<Record<string, string | undefined>>,
  added: readonly string[] = [],
): string[] {
  const nameOf = (arg: string) => arg.split('=')[0] ?? '';
  const gone = Object.keys(own).filter((flag) => !args.some((arg) => nameOf(arg) === flag));
  if (gone.length > 0) throw new Error(`${args[0] ?? ''} has no ${gone.join(', ')}`);
  return [
    ...args.filter((arg) => !(nameOf(arg) in own)),
    ...Object.entries(own).flatMap(([flag, value]) => (value === undefined ? [] : [`${flag}=${value}`])),
    ...added,
  ];
}
