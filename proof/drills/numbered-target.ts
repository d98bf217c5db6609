import type { Cluster } from '../../tools/kubernetes/cluster';
import { eventually } from '../e2e/waiting';
import { imageReference, images } from '../../versions';
import { createNamespace, drillsNamespace } from './faults/node';
import { slotSeconds, type Scrape } from './slots';

/** Series of a scrape; each has the number of the scrape's time slot. */
export const targetSeries = 10;

export const targetMetric = 'numbered_scrape';

const name = 'numbered-target';
const port = 8080;
const log = '/served/log';

/** Answers a scrape and notes who was told which number. */
const script = `#!/bin/sh
slot=$(( $(busybox date +%s) / ${slotSeconds} ))
printf 'Content-Type: text/plain; version=0.0.4\\r\\n\\r\\n'
series=0
while [ $series -lt ${targetSeries} ]; do
  echo "${targetMetric}{series=\\"$series\\"} $slot"
  series=$((series + 1))
done
echo "$REMOTE_ADDR $slot" >>${log}
`;

/** A scrape target on the edge that remembers what it has told each agent, so that what arrives can be counted exactly. */
export class NumberedTarget {
  private constructor(private readonly cluster: Cluster) {}

  static async deploy(cluster: Cluster): Promise<NumberedTarget> {
    await createNamespace(cluster);
    for (const object of objects) {
      await cluster.kubectl(['apply', '--server-side', '--filename=-'], { input: JSON.stringify(object) });
    }
    await cluster.kubectl(['wait', '--for=condition=Ready', `pod/${name}`, '--timeout=120s'], {
      namespace: drillsNamespace,
      timeout: 130,
    });
    return new NumberedTarget(cluster);
  }

  /** Every scrape so far. */
  async scrapes(): Promise<Scrape[]> {
    const text = await eventually(60, () =>
      this.cluster.kubectl(['exec', name, '--', '/bin/busybox', 'cat', log], { namespace: drillsNamespace }),
    );
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const [agent = '', slot = ''] = line.split(' ');
        return { agent, slot: Number(slot) };
      });
  }
}

const metadata = { name, namespace: drillsNamespace, labels: { 'app.kubernetes.io/name': name } };

const objects = [
  { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { metrics: script } },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    spec: {
      terminationGracePeriodSeconds: 0,
      containers: [
        {
          name: 'target',
          image: imageReference(images.busybox),
          command: ['/bin/busybox', 'httpd', '-f', '-p', String(port), '-h', '/www'],
          ports: [{ name: 'metrics', containerPort: port }],
          readinessProbe: { tcpSocket: { port } },
          resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } },
          volumeMounts: [
            { name: 'script', mountPath: '/www/cgi-bin' },
            { name: 'served', mountPath: '/served' },
          ],
        },
      ],
      volumes: [
        { name: 'script', configMap: { name, defaultMode: 0o755 } },
        { name: 'served', emptyDir: {} },
      ],
    },
  },
  {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata,
    spec: {
      selector: { matchLabels: metadata.labels },
      podMetricsEndpoints: [
        {
          port: 'metrics',
          path: '/cgi-bin/metrics',
          interval: `${slotSeconds}s`,
          scrapeTimeout: `${slotSeconds}s`,
        },
      ],
    },
  },
];
