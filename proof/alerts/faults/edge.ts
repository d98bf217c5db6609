import type { AlertFault } from '../fault';
import type { Fleet } from '../../drills/fleet';
import { createNamespace, drillsNamespace } from '../../drills/faults/node';
import { imageReference, images } from '../../../versions';

/** Name of the agents' object, from which the operator makes their StatefulSet. */
const agents = 'prometheusagent/kube-prometheus-stack-prometheus';

/** Sets how many agents the edge has. */
const scaleAgents = async ({ platform: { edge, namespace } }: Fleet, replicas: number): Promise<void> => {
  const patch = JSON.stringify({ spec: { replicas } });
  await edge.kubectl(['patch', agents, '--type=merge', `--patch=${patch}`], { namespace });
};

/** The edge's agents are stopped, as if the whole cluster were gone. */
export const agentsStopped: AlertFault = {
  name: 'edge-silent',
  title: "an edge's agents stopped",
  alert: { alertname: 'EdgeSilent', cluster: 'cluster-02' },
  // Ten minutes without a sample, one more of `for`.
  within: 13 * 60,
  resolvedWithin: 7 * 60,
  goesOn: 120,
  make: async (fleet) => {
    await scaleAgents(fleet, 0);
    return () => scaleAgents(fleet, 2);
  },
};

const crashing = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'crashing', namespace: drillsNamespace },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'crashing' } },
    template: {
      metadata: { labels: { app: 'crashing' } },
      spec: {
        containers: [
          { name: 'crashing', image: imageReference(images.busybox), command: ['/bin/busybox', 'false'] },
        ],
      },
    },
  },
};

/** A pod on the edge that ends at once, again and again. */
export const podCrashing: AlertFault = {
  name: 'edge-crash-loop',
  title: 'a pod crash-looping on the edge',
  alert: { alertname: 'KubePodCrashLooping', cluster: 'cluster-02', namespace: drillsNamespace },
  // The chart's rule waits for 15 minutes.
  within: 19 * 60,
  resolvedWithin: 12 * 60,
  make: async ({ platform: { edge } }) => {
    await createNamespace(edge);
    await edge.apply(crashing);
    return async () => {
      await edge.kubectl(['delete', 'deployment', 'crashing', '--wait=false'], {
        namespace: drillsNamespace,
      });
    };
  },
};
