import { remoteWrite } from '../../capacity/remote-write';
import { objectStorePort } from '../../components/object-store/object-store';
import { centralSchema } from '../../config/central';
import type { Deployment } from '../e2e/deployment';
import { loadBalancerAddress, type LoadBalanced } from '../../tools/kubernetes/cluster';
import type { Address } from '../../tools/kubernetes/port-forward';
import { remoteWritePort, type Platform } from '../e2e/platform';
import type { ConnectionOptions, Tls } from '../../tools/http-client';
import { RemoteWriter } from '../samples/remote-write';
import { Failure } from '../failure';
import { merged, type StackConfig } from '../e2e/stack-config';
import { eventually } from '../eventually';
import { Load, type LoadOptions } from './load';

/** Connection as an agent's: its `remoteTimeout`, and no more sockets than it has shards. */
const asAnAgent = { timeoutMs: remoteWrite.timeout.seconds * 1000, maxSockets: 10 };

/** How an edge reaches the load balancer, with its certificate. */
export interface Connection {
  address: Address;
  tls: Tls;
  connection: ConnectionOptions;
}

/** Deployed platform with the means to load and to break it. */
export class Fleet {
  private loads = 0;

  private constructor(
    readonly deployment: Deployment,
    /** Both stacks, with the outputs of the last deployment by `change`. */
    public platform: Platform,
    /** Address of the load balancer that edges write to. */
    readonly receiver: string,
    /** Overrides of the committed central stack that all the drills share. */
    private readonly base: StackConfig,
  ) {}

  /** @throws Failure when the Service has no address */
  static async of(deployment: Deployment, base: StackConfig): Promise<Fleet> {
    const platform = await deployment.platform();
    const service = await platform.central.get<LoadBalanced>(
      'service',
      'thanos-receiver',
      platform.namespace,
    );
    const address = loadBalancerAddress(service);
    if (address === undefined) throw new Failure('the Service thanos-receiver has no address');
    return new Fleet(deployment, platform, address, base);
  }

  /**
   * `pulumi up` of the central stack with changes to its configuration; without any, back to the drills' own.
   */
  async change(changes: StackConfig = {}, ...flags: string[]): Promise<string> {
    const done = await this.deployment.upCentral(this.configuration(changes), ...flags);
    this.platform = await this.deployment.platform();
    return done;
  }

  /** Message with which the central stack refuses changes at preview. @throws Failure when it does not */
  refusal(changes: StackConfig): Promise<string> {
    return this.refused(this.deployment.previewCentral(this.configuration(changes)));
  }

  /** The same of the edge stack. */
  refusalOfEdge(changes: StackConfig): Promise<string> {
    return this.refused(this.deployment.previewEdge(changes));
  }

  private async refused(preview: Promise<string>): Promise<string> {
    const said = await preview.then(
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

  /** Port of the object store, as the central stack is configured. */
  get objectStorePort(): number {
    return objectStorePort(centralSchema.parse(this.configured()).objectStore);
  }

  /** The central stack's own configuration as it was deployed last, with changes. */
  configured(changes: StackConfig = {}): StackConfig {
    return merged(this.deployment.pulumi.config('cluster-01'), changes) as StackConfig;
  }

  /** A value of the label `run` that nothing else has. */
  nextRun(): string {
    return `${this.platform.run}-${++this.loads}`;
  }

  connection(edge: string): Connection {
    const { platform, receiver } = this;
    return {
      address: { host: receiver, port: remoteWritePort },
      tls: platform.tls(platform.credentials(edge)),
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
   * Waits until a write as an edge succeeds: the centre may be Ready a moment before its names resolve.
   *
   * @throws Failure with the last answer
   */
  async writable(edge: string): Promise<void> {
    const writer = this.writer(edge);
    const labels = { __name__: 'drills_writable' };
    try {
      await eventually(300, async () => {
        const { status, body } = await writer.send([
          { labels, samples: [{ value: 1, timestamp: Date.now() }] },
        ]);
        if (status !== 200) throw new Failure(`a write as ${edge} is answered with ${status} ${body}`);
      });
    } finally {
      writer.close();
    }
  }
}
