import type { Fleet } from '../../drills/fleet';

/**
 * Stops all pods of a workload of the centre.
 *
 * @param workload such as `deployment/thanos-receive-router`
 * @returns what gives it its replicas back
 */
export async function stopped(
  { platform: { central, namespace } }: Fleet,
  workload: string,
): Promise<() => Promise<void>> {
  const before = await central.kubectl(['get', workload, '--output=jsonpath={.spec.replicas}'], {
    namespace,
  });
  const scale = async (replicas: string) => {
    await central.kubectl(['scale', workload, `--replicas=${replicas}`], { namespace });
  };
  await scale('0');
  return () => scale(before);
}
