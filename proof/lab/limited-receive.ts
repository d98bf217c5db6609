import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, type Process } from './processes';
import { startPrometheus } from './prometheus';
import { plainReceive, receivePorts, startReceive, type ReceivePorts } from './receive';

/** Address whose first label is the pod that the routers' query of head series names. */
export const ingestorAddress = 'thanos-receiver-0.loopback';

/**
 * Router with a limits file, ingestor, and the Prometheus that the router asks for head series, on loopback.
 */
export class LimitedReceive {
  router: Process | undefined;
  ingestor: Process | undefined;
  prometheus: Process | undefined;
  private generation = 0;

  private constructor(
    private readonly folder: string,
    private readonly ports: { router: ReceivePorts; ingestor: ReceivePorts; prometheus: number },
  ) {}

  /**
   * @param limits makes the limits file, given the URL of Prometheus
   * @param scrapeInterval of the ingestor's metrics
   */
  static async start(
    folder: string,
    limits: (metaMonitoringUrl: string) => string,
    scrapeInterval: string,
  ): Promise<LimitedReceive> {
    const ports = {
      router: await receivePorts(),
      ingestor: await receivePorts(),
      prometheus: await freePort(),
    };
    const receive = new LimitedReceive(folder, ports);
    mkdirSync(folder, { recursive: true });
    receive.setLimits(limits(receive.prometheusUrl));
    receive.ingestor = await receive.receive('ingestor', ports.ingestor, [
      '--tsdb.out-of-order.time-window=6h30m',
      '--tsdb.too-far-in-future.time-window=5m',
    ]);
    await receive.startPrometheus(scrapeInterval);
    await receive.startRouter();
    return receive;
  }

  get prometheusUrl(): string {
    return `http://127.0.0.1:${this.ports.prometheus}`;
  }

  get routerHttp(): string {
    return `http://127.0.0.1:${this.ports.router.http}`;
  }

  get ingestorHttp(): string {
    return `http://127.0.0.1:${this.ports.ingestor.http}`;
  }

  get remoteWritePort(): number {
    return this.ports.router.remoteWrite;
  }

  /**
   * Replaces the limits file as kubelet replaces a ConfigMap, by a new folder that the link `..data` is
   * swapped to.
   */
  setLimits(content: string): void {
    const mount = join(this.folder, 'limits');
    const version = `..version-${this.generation++}`;
    mkdirSync(join(mount, version), { recursive: true });
    writeFileSync(join(mount, version, 'limits.yaml'), content);
    symlinkSync(version, join(mount, '..data_tmp'));
    renameSync(join(mount, '..data_tmp'), join(mount, '..data'));
    if (this.generation === 1) symlinkSync(join('..data', 'limits.yaml'), join(mount, 'limits.yaml'));
  }

  /**
   * @param copies how often each sample is kept; the one ingestor stands in the ring under as many addresses
   */
  async startRouter(copies = 1): Promise<void> {
    const endpoints = Array.from(
      { length: copies },
      (_, i) => `127.0.0.${i + 1}:${this.ports.ingestor.grpc}`,
    );
    const ring = JSON.stringify([{ endpoints }]);
    this.router = await this.receive('router', this.ports.router, [
      `--receive.hashrings=${ring}`,
      '--receive.hashrings-algorithm=ketama',
      `--receive.replication-factor=${copies}`,
      '--receive-forward-timeout=15s',
      `--receive.limits-config-file=${join(this.folder, 'limits', 'limits.yaml')}`,
    ]);
  }

  async startPrometheus(scrapeInterval: string): Promise<void> {
    const target = {
      targets: [`127.0.0.1:${this.ports.ingestor.http}`],
      labels: { pod: ingestorAddress.split('.')[0] },
    };
    const { process } = await startPrometheus({
      name: 'prometheus',
      folder: this.folder,
      config: {
        global: { scrape_interval: scrapeInterval },
        scrape_configs: [{ job_name: 'thanos-receiver', static_configs: [target] }],
      },
      args: [`--storage.tsdb.path=${join(this.folder, 'prometheus')}`],
      port: this.ports.prometheus,
    });
    this.prometheus = process;
  }

  private async receive(name: string, ports: ReceivePorts, args: readonly string[]): Promise<Process> {
    const { process } = await startReceive({
      name,
      folder: this.folder,
      args: [...plainReceive(name, this.folder), ...args],
      ports,
      // Every address of loopback, for `startRouter`.
      grpcHost: '0.0.0.0',
    });
    return process;
  }
}
