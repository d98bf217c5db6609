import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { freePort, Process } from './processes';

/** The name that the query of head series knows the ingestor's pod by, as the first label of its address. */
export const ingestorAddress = 'thanos-receiver-0.loopback';

interface Ports {
  http: number;
  grpc: number;
  write: number;
  capnproto: number;
}

/** A router with a limits file, an ingestor, and the Prometheus that the router asks for head series, on loopback. */
export class LimitedReceive {
  router: Process | undefined;
  ingestor: Process | undefined;
  prometheus: Process | undefined;
  private generation = 0;

  private constructor(
    private readonly folder: string,
    private readonly ports: { router: Ports; ingestor: Ports; prometheus: number },
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
    const ports = { router: await fourPorts(), ingestor: await fourPorts(), prometheus: await freePort() };
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
    return this.ports.router.write;
  }

  /** Replaces the limits file as kubelet replaces a ConfigMap: a new folder, and the link `..data` swapped to it. */
  setLimits(content: string): void {
    const mount = join(this.folder, 'limits');
    const version = `..version-${this.generation++}`;
    mkdirSync(join(mount, version), { recursive: true });
    writeFileSync(join(mount, version, 'limits.yaml'), content);
    symlinkSync(version, join(mount, '..data_tmp'));
    renameSync(join(mount, '..data_tmp'), join(mount, '..data'));
    if (this.generation === 1) symlinkSync(join('..data', 'limits.yaml'), join(mount, 'limits.yaml'));
  }

  /** @param copies how often each sample is kept: the one ingestor under as many addresses */
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
    const config = join(this.folder, 'prometheus.yml');
    const target = {
      targets: [`127.0.0.1:${this.ports.ingestor.http}`],
      labels: { pod: ingestorAddress.split('.')[0] },
    };
    writeFileSync(
      config,
      stringify({
        global: { scrape_interval: scrapeInterval },
        scrape_configs: [{ job_name: 'thanos-receiver', static_configs: [target] }],
      }),
    );
    this.prometheus = await Process.start(
      'prometheus',
      'prometheus',
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(this.folder, 'prometheus')}`,
        `--web.listen-address=127.0.0.1:${this.ports.prometheus}`,
      ],
      { log: join(this.folder, 'prometheus.log'), ready: `${this.prometheusUrl}/-/ready` },
    );
  }

  private receive(name: string, ports: Ports, args: readonly string[]): Promise<Process> {
    return Process.start(
      name,
      'thanos',
      [
        'receive',
        '--log.level=warn',
        `--label=receive_replica="${name}"`,
        `--tsdb.path=${join(this.folder, name)}`,
        `--http-address=127.0.0.1:${ports.http}`,
        `--grpc-address=0.0.0.0:${ports.grpc}`,
        `--remote-write.address=127.0.0.1:${ports.write}`,
        `--receive.capnproto-address=127.0.0.1:${ports.capnproto}`,
        '--receive.tenant-label-name=cluster',
        ...args,
      ],
      { log: join(this.folder, `${name}.log`), ready: `http://127.0.0.1:${ports.http}/-/ready` },
    );
  }
}

const fourPorts = async (): Promise<Ports> => ({
  http: await freePort(),
  grpc: await freePort(),
  write: await freePort(),
  capnproto: await freePort(),
});
