import { NodeShell } from '../../drills/faults/node';
import type { AlertFault } from '../fault';
import { stopped } from './scale';

const ingestor = 'thanos-receiver-0';

export const routersStopped: AlertFault = {
  name: 'routers-stopped',
  title: "the centre's routers stopped",
  alert: { alertname: 'ThanosDown', part: 'thanos-receive-router' },
  within: 7 * 60,
  // Five minutes in which it still explains the edges, and those until Alertmanager looks at the group again.
  resolvedWithin: 12 * 60,
  // Long enough for the silence of the edges, which this alert explains.
  goesOn: 9 * 60,
  make: (fleet) => stopped(fleet, 'deployment/thanos-receive-router'),
};

export const ingestorsGone: AlertFault = {
  name: 'ingestors-gone',
  title: 'the ingestors stopped',
  alert: { alertname: 'ThanosReceiveNoQuorum' },
  // Six minutes where the stack has one ingestor, and two for evaluation and grouping.
  within: 8.5 * 60,
  // Five minutes in which it still explains the edges, and those until Alertmanager looks at the group again.
  resolvedWithin: 12 * 60,
  make: (fleet) => stopped(fleet, 'statefulset/thanos-receiver'),
};

/** Its process stands still, with all its connections open: nothing is refused, and nothing is answered. */
export const ingestorsHang: AlertFault = {
  name: 'ingestors-hang',
  title: 'the ingestors hang (SIGSTOP)',
  alert: { alertname: 'ThanosReceiveNoQuorum' },
  // Six minutes where the stack has one ingestor, and two for evaluation and grouping.
  within: 8.5 * 60,
  // Five minutes in which it still explains the edges, and those until Alertmanager looks at the group again.
  resolvedWithin: 12 * 60,
  make: async ({ platform: { central, namespace } }) => {
    const node = await NodeShell.beside(central, namespace, ingestor);
    const pid = await node.pid('thanos', namespace, ingestor);
    await node.run(`kill -STOP ${pid}`);
    // The kubelet may have replaced it meanwhile; then there is nothing to let go on.
    return async () => {
      await node.run(`kill -CONT ${pid} 2>/dev/null || true`);
    };
  },
};
