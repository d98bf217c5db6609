import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientCertificate } from '../e2e/certificates';
import type { Deployment } from '../e2e/deployment';
import type { KubernetesObject } from '../../tools/kubernetes/cluster';
import type { Platform } from '../e2e/platform';
import type { Series } from '../e2e/query';
import type { Address } from '../../tools/kubernetes/cluster';
import type { ConnectionOptions, Tls } from '../e2e/http';
import { RemoteWriter } from '../e2e/remote-write';
import { Failure } from '../e2e/report';
import { merged, type StackConfig } from '../e2e/stack-config';
import { eventually } from '../e2e/waiting';
import { Load, type Count, type LoadOptions } from './load';

interface LoadBalancer extends KubernetesObject {
  status: { loadBalancer?: { ingress?: { ip?: string; hostname?: string }[] } };
}

/** Port of remote write. */
const remoteWritePort = 19291;

/** As an agent: its `remoteTimeout`, and no more connections than its shards. */
const asAnAgent = { timeoutMs: 30_000, maxSockets: 10 };

/** Seconds until Query knows what the ingestors have. */
const untilQueried = 90;

/** A count over both answers, and how many samples each of them has. */
export interface Answered extends Count {
  /** As Query answers by default. */
  merged: number;
  /** Without deduplication. */
  apart: number;
}

/** What one of the answers lacks, if any. */
export const lacking = ({ found, merged, apart }: Pick<Answered, 'found' | 'merged' | 'apart'>): string[] => [
  ...(merged < found ? [`the deduplicated answer has ${merged} of them`] : []),
  ...(apart < found ? [`the answer without deduplication has ${apart} of them`] : []),
];

/** How an edge reaches the load balancer, with its certificate. */
export interface Connection {
  address: Address;
  tls: Tls;
  connection: ConnectionOptions;
}

/** The deployed platform with the means to load and to break it. */
export class Fleet {
  private loads = 0;

  private constructor(
    readonly deployment: Deployment,
    /** Its outputs are those of the last deployment by `change`. */
    public platform: Platform,
    /** Address of the load balancer that edges write to. */
    readonly receiver: string,
    /** What the drills change in the committed stacks, the same in each deployment. */
    private readonly base: StackConfig,
  ) {}

  /** @throws Failure when the Service has no address */
  static async of(deployment: Deployment, base: StackConfig): Promise<Fleet> {
    const platform = await deployment.platform();
    const service = await platform.central.get<LoadBalancer>(
      'service',
      'thanos-receiver',
      platform.namespace,
    );
    const given = service.status.loadBalancer?.ingress?.[0];
    const address = given?.ip ?? given?.hostname;
    if (address === undefined) throw new Failure('the Service thanos-receiver has no address');
    return new Fleet(deployment, platform, address, base);
  }

  /** `pulumi up` of the central stack with changes to its configuration; without any, back to the drills' own. */
  async change(changes: StackConfig = {}, ...flags: string[]): Promise<string> {
    const done = await this.deployment.upCentral(this.configuration(changes), ...flags);
    this.platform = await this.deployment.platform();
    return done;
  }

  /** The message with which the stack refuses changes at preview. @throws Failure when it does not */
  async refusal(changes: StackConfig): Promise<string> {
    const said = await this.deployment.previewCentral(this.configuration(changes)).then(
      (found) => new Failure(`it was not refused: ${found}`),
      (error: unknown) => error,
    );
    if (!(said instanceof Failure) || !said.message.includes('monitoring:')) throw said;
    return said.message;
  }

  private readonly configuration = (changes: StackConfig): StackConfig =>
    merged(this.base, changes) as StackConfig;

  /** The edges of the drills' own configuration. */
  get edges(): readonly { name: string }[] {
    return this.base['edges'] as { name: string }[];
  }

  /** An edge's certificate and key, as deployed last. */
  credentials(edge: string): ClientCertificate {
    const client = this.platform.outputs.edgeCredentials[edge];
    if (!client) throw new Error(`the central stack's outputs have no credentials for ${edge}`);
    return client;
  }

  /** A value of the label `run` that nothing else has. */
  nextRun(): string {
    return `${this.platform.run}-${++this.loads}`;
  }

  connection(edge: string): Connection {
    const { remoteWriteUrl, remoteWriteCa } = this.platform.outputs;
    const { hostname } = new URL(remoteWriteUrl);
    return {
      address: { host: this.receiver, port: remoteWritePort },
      tls: { serverName: hostname, ca: remoteWriteCa, client: this.credentials(edge) },
      connection: asAnAgent,
    };
  }

  writer(edge: string): RemoteWriter {
    const { address, tls, connection } = this.connection(edge);
    return new RemoteWriter(address, tls, connection);
  }

  /** Numbered samples as an edge, from now on until it is stopped. */
  load(edge: string, options: Partial<LoadOptions> = {}): { load: Load; stop: () => Promise<void> } {
    const writer = this.writer(edge);
    const load = new Load({
      run: this.nextRun(),
      series: 20,
      interval: 200,
      send: (series) => writer.send(series),
      ...options,
    });
    load.start();
    const stop = async () => {
      await load.stop();
      writer.close();
    };
    return { load, stop };
  }

  /**
   * Every raw sample of a selector since a moment (milliseconds), as Query answers by default, and with copies apart. Either
   * can lack what the other has while blocks overlap (docs/outage.md).
   */
  async answers(selector: string, since: number): Promise<{ merged: Series[]; apart: Series[] }> {
    const seconds = Math.ceil((Date.now() - since) / 1000) + 60;
    const ask = (dedup: boolean) =>
      eventually(60, () => this.platform.query((query) => query.raw(selector, `${seconds}s`, { dedup })));
    return { merged: await ask(true), apart: await ask(false) };
  }

  /**
   * Counts a stopped load in the answers of queries; waits while something is missing, since Query asks a returned ingestor
   * only after its names have been resolved again.
   */
  async counted(load: Load, since: number, patience = untilQueried): Promise<Answered> {
    const end = Date.now() + patience * 1000;
    for (;;) {
      const { merged, apart } = await this.answers(load.selector, since);
      const count = load.count([...merged, ...apart]);
      if (count.lost === 0 || Date.now() > end) {
        const alone = [merged, apart].map((series) => load.count(series).found);
        return { ...count, merged: alone[0] ?? 0, apart: alone[1] ?? 0 };
      }
      await sleep(5000);
    }
  }
}
