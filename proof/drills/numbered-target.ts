import type { Cluster } from '../../tools/kubernetes/cluster';
import { eventually } from '../eventually';
import { numberedMetric, numberedPage } from '../samples/numbered';
import { imageReference, images } from '../../versions';
import { createNamespace, drillsNamespace } from './faults/node';

/** Series of a scrape. */
export const targetSeries = 10;

/** Seconds between two scrapes by an agent. */
export const scrapeInterval = 5;

/** How many samples an agent scrapes of it in so many seconds. */
export const samplesOf = (seconds: number): number => Math.floor(seconds / scrapeInterval) * targetSeries;

/**
 * Number that the target gives at a moment (Unix time in milliseconds): how many scrape intervals are over
 * since 1970. So agents that scrape within the same interval are given the same number.
 */
export const numberAt = (milliseconds: number): number => Math.floor(milliseconds / 1000 / scrapeInterval);

/** Numbers in the target's log of the scrapes within `from` ≤ t < `until` (Unix time in milliseconds). */
export const numbersBetween = (log: string, from: number, until: number): number[] =>
  log
    .split('\n')
    .filter(Boolean)
    .map(Number)
    .filter((number) => number >= numberAt(from) && number < numberAt(until));

/** PromQL for the target's series, as the agents of an edge send them. */
export const targetSelector = (edge: string): string => `${numberedMetric}{cluster="${edge}",run=""}`;

const name = 'numbered-target';
const port = 8080;
const log = '/served/log';

/** CGI program that answers a scrape and notes the number it gave. */
const script = `#!/bin/sh
number=$(( $(busybox date +%s) / ${scrapeInterval} ))
printf 'Content-Type: text/plain; version=0.0.4\\r\\n\\r\\n'
busybox cat <<PAGE
${numberedPage('$number', targetSeries)}PAGE
echo $number >>${log}
`;

/** Scrape target on the edge that logs every number it gives, so that what arrives can be counted. */
export class NumberedTarget {
  private constructor(private readonly cluster: Cluster) {}

  static async deploy(cluster: Cluster): Promise<NumberedTarget> {
    await createNamespace(cluster);
    for (const object of objects) await cluster.apply(object);
    await cluster.wait(`pod/${name}`, 'condition=Ready', drillsNamespace, 120);
    return new NumberedTarget(cluster);
  }

  /** Scrapes so far by whichever agent, as the lines of the target's log. */
  async log(): Promise<string> {
    return eventually(60, () =>
      this.cluster.kubectl(['exec', name, '--', '/bin/busybox', 'cat', log], { namespace: drillsNamespace }),
    );
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
          interval: `${scrapeInterval}s`,
          scrapeTimeout: `${scrapeInterval}s`,
        },
      ],
    },
  },
];
