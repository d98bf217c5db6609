import { execa } from 'execa';
import { edgeSchema } from '../../../config/edge';
import { Quantity } from '../../../config/units';
import type { KubernetesObject } from '../../../tools/kubernetes/cluster';
import { Failure } from '../../failure';
import type { Drill } from '../drill';
import { agentStatefulSet } from '../faults/cut-off';
import type { Fleet } from '../fleet';
import { underScrapes } from './scraped';

const key = 'agent.storage';
const statefulSet = `statefulset/${agentStatefulSet}`;
const selector = 'app.kubernetes.io/name=prometheus-agent';

interface Pod extends KubernetesObject {
  status: { containerStatuses?: { restartCount: number }[] };
}

/** Which pods there are, and how often each container was restarted: the same text, the same processes. */
async function running({ platform: { edge, namespace } }: Fleet): Promise<string> {
  const pods = await edge.list<Pod>(['pods'], namespace, selector);
  const one = ({ metadata, status }: Pod) =>
    [metadata.name, metadata.uid, ...(status.containerStatuses ?? []).map((c) => c.restartCount)].join(' ');
  return pods.map(one).sort().join('\n');
}

/** The commands of a refusal, each a line of its own. */
const commandsIn = (message: string): string[] =>
  message
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('kubectl '));

/** Whether the claims' class lets them grow; where not, only the rest of the commands is tried. */
async function grows({ deployment, platform: { edge } }: Fleet): Promise<boolean> {
  const { storageClass } = edgeSchema.parse(deployment.pulumi.config('cluster-02')).cluster;
  const said = await edge.kubectl([
    ...['get', 'storageclass', storageClass],
    '--output=jsonpath={.allowVolumeExpansion}',
  ]);
  return said === 'true';
}

/** Runs the commands one after the other, and then the accepted step. */
async function prepared(fleet: Fleet, commands: readonly string[], storage: string): Promise<void> {
  for (const command of commands) await execa('sh', ['-c', command]);
  await fleet.deployment.upEdge({ agent: { storage }, acceptedSteps: { [key]: 'claims grown by a drill' } });
}

/** Grows the agents' volumes by a gibibyte as the refusal says, and goes back to the committed size. */
async function growVolumes(fleet: Fleet): Promise<string[]> {
  const { edge, namespace } = fleet.platform;
  const { storage } = edgeSchema.parse(fleet.deployment.pulumi.config('cluster-02')).agent;
  const larger = Quantity.ofBytes(storage.bytes + 2 ** 30).kubernetes;
  const message = await fleet.refusalOfEdge({ agent: { storage: larger } });
  const all = commandsIn(message);
  if (all.length !== 4) throw new Failure(`no four commands in the refusal: ${message}`);
  const rest = all.filter((command) => !command.includes(' patch pvc '));
  const before = await running(fleet);
  const same = async (when: string) => {
    // A changed template would restart them one after the other.
    await edge.kubectl(['rollout', 'status', statefulSet, '--timeout=600s'], { namespace, timeout: 610 });
    const now = await running(fleet);
    if (now !== before) throw new Failure(`other agents ${when}:\n${before}\nthen\n${now}`);
  };
  const may = await grows(fleet);
  await prepared(fleet, may ? all : rest, larger);
  await same('after the volumes grew');
  const back = rest.map((command) => command.replaceAll(`"${larger}"`, `"${storage.kubernetes}"`));
  await prepared(fleet, back, storage.kubernetes);
  await fleet.deployment.upEdge();
  await same('after the size was set back');
  return [
    `${storage.kubernetes} to ${larger} and back: the same pods, no container restarted`,
    ...(may ? [] : ['the claims stayed as they are: their class does not let them grow']),
  ];
}

/** Drills of the agents' volumes. */
export const agentVolumeDrills: Drill[] = [
  {
    name: 'agent-volume',
    title: 'larger volumes for both agents, by the commands of the refusal',
    run: (fleet) => underScrapes(fleet, () => growVolumes(fleet)),
  },
];
