import { Exporter } from './exporter';
import type { Targets } from './prometheus';

/** Series of one target, as many as a busy kubelet's cAdvisor page has. */
export const seriesPerTarget = 1000;

/**
 * Synthetic targets in the shape of a Kubernetes cluster's: of ten series, four have cAdvisor's labels, four
 * are buckets of a histogram of the API server's shape, two come from kube-state-metrics. Of ten values, five
 * stay as they are, three are counters and two are gauges of memory pages that move at random.
 */
export class LoadExporter {
  private constructor(
    private readonly exporter: Exporter,
    readonly targets: Targets,
  ) {}

  /** @param series rounded up to whole targets */
  static async start(series: number): Promise<LoadExporter> {
    const targets = Array.from({ length: Math.ceil(series / seriesPerTarget) }, (_, i) => new Target(i));
    const exporter = await Exporter.start((path) => targets[Number(path.slice(1))]?.page() ?? '');
    return new LoadExporter(exporter, { address: exporter.address, paths: targets.map((_, i) => `/${i}`) });
  }

  stop(): Promise<void> {
    return this.exporter.stop();
  }
}

/** Target of so many series, whose values move on at each scrape. */
export class Target {
  private readonly series: string[];
  private readonly values: number[];

  constructor(
    private readonly index: number,
    series = seriesPerTarget,
  ) {
    this.series = Array.from({ length: series }, (_, i) => this.labels(i));
    this.values = this.series.map((_, i) => (i * 7919) % 1000);
  }

  /** The exposition page; each call is a scrape. `suffix` follows every value: a timestamp, or nothing. */
  page(suffix = ''): string {
    return this.series.map((series, i) => `${series} ${this.next(i)}${suffix}\n`).join('');
  }

  private next(i: number): number {
    const kind = i % 10;
    if (kind < 5) return this.values[i] ?? 0;
    const step = Math.floor(Math.random() * 100);
    return (this.values[i] =
      kind < 8 ? (this.values[i] ?? 0) + step : Math.floor(Math.random() * 1e4) * 4096);
  }

  private labels(i: number): string {
    const node = `node="node-${this.index % 20}.example.internal"`;
    const uid = (n: number) => `${hex(n * 31 + this.index, 8)}-${hex(n, 4)}-4${hex(n * 7, 3)}-9${hex(n, 3)}`;
    // A pod has some 30 series of cAdvisor.
    const pod = `shop-checkout-${hex(this.index, 6)}${hex(Math.floor(i / 30), 4)}`;
    if (i % 5 < 2) {
      const id = `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${uid(Math.floor(i / 30))}.slice`;
      const image = `registry.example.org/shop/checkout@sha256:${hex(i % 9, 40)}`;
      return `container_${word(i)}_total{container="checkout",id="${id}",image="${image}",namespace="shop",pod="${pod}",${node},service="kubelet",endpoint="https-metrics",metrics_path="/metrics/cadvisor"}`;
    }
    if (i % 5 < 4) {
      return `apiserver_${word(i % 7)}_duration_seconds_bucket{component="apiserver",group="apps",resource="${word(i)}",scope="namespace",verb="LIST",version="v1",le="${i / 100}",endpoint="https",namespace="default",service="kubernetes"}`;
    }
    return `kube_pod_${word(i % 11)}{namespace="shop",pod="${pod}",uid="${uid(i)}",container="checkout",${node},service="kube-state-metrics",endpoint="http",condition="${word(i)}"}`;
  }
}

const hex = (n: number, length: number) =>
  Math.abs(Math.imul(n + 1, 2654435761))
    .toString(16)
    .padStart(length, '0')
    .slice(0, length);

const words = [
  'memory',
  'network',
  'requests',
  'filesystem',
  'cpu',
  'status',
  'sockets',
  'processes',
  'spec',
];

const word = (i: number) => `${words[i % words.length] ?? ''}_${words[Math.floor(i / 9) % 9] ?? ''}_${i}`;
