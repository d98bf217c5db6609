import type { Fleet } from '../../drills/fleet';
import { egressOf, setEgress, withoutPort } from '../../drills/faults/network';

/**
 * Cuts pods of the centre off from a port.
 *
 * @param policies names of the stack's own policies for them
 * @returns what puts the policies back
 */
export async function withoutEgress(
  { platform: { central, namespace } }: Fleet,
  policies: readonly string[],
  port: number,
): Promise<() => Promise<void>> {
  const before = await Promise.all(
    policies.map(async (policy) => [policy, await egressOf(central, namespace, policy)] as const),
  );
  const undo = async () => {
    for (const [policy, rules] of before) await setEgress(central, namespace, policy, rules);
  };
  try {
    for (const [policy, rules] of before)
      await setEgress(central, namespace, policy, withoutPort(port)(rules));
  } catch (error) {
    await undo();
    throw error;
  }
  return undo;
}
