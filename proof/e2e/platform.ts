import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { monitoringNamespace } from '../../components/foundation/namespaces';
import { centralOutputs, centralSecretOutputs } from '../../contract/central';
import type { Bucket } from './bucket';
import type { ClientCertificate } from './certificates';
import type { Cluster } from '../../tools/kubernetes/cluster';
import { QueryClient } from './query';
import { RemoteWriter } from './remote-write';

export const outputs = z.object({ ...centralOutputs.shape, ...centralSecretOutputs.shape });
export type Outputs = z.output<typeof outputs>;

/** Port of Query's and query-frontend's HTTP API, and of remote write. */
const queryPort = 9090;
const remoteWritePort = 19291;

/** A deployed pair of central and edge cluster: what the checks look at. */
export class Platform {
  readonly namespace = monitoringNamespace;
  /** In everything that this run writes, so that runs can be told apart. */
  readonly run = randomBytes(4).toString('hex');

  constructor(
    readonly central: Cluster,
    readonly edge: Cluster,
    /** Value of the label `cluster` of the centre's own samples. */
    readonly centralLabel: string,
    /** Name of the edge, and so value of the label `cluster` of its samples. */
    readonly edgeName: string,
    readonly outputs: Outputs,
    /** With the rights of an administrator. */
    readonly bucket: Bucket,
  ) {}

  /** Asks one Query itself, past query-frontend's cache. */
  query<T>(use: (query: QueryClient) => Promise<T>): Promise<T> {
    return this.asked('service/thanos-query', undefined, use);
  }

  /** Asks as people and Grafana do. */
  queryFrontend<T>(use: (query: QueryClient) => Promise<T>): Promise<T> {
    return this.asked('service/thanos-query-frontend', this.outputs.queryCredentials, use);
  }

  /** Writes to a router as an edge does; without a certificate if none is given. */
  remoteWrite<T>(
    client: ClientCertificate | undefined,
    use: (writer: RemoteWriter) => Promise<T>,
  ): Promise<T> {
    const { remoteWriteUrl, remoteWriteCa } = this.outputs;
    const tls = {
      serverName: new URL(remoteWriteUrl).hostname,
      ca: remoteWriteCa,
      ...(client && { client }),
    };
    return this.central.forwarded(
      'service/thanos-receiver',
      remoteWritePort,
      this.namespace,
      async (address) => {
        const writer = new RemoteWriter(address, tls);
        try {
          return await use(writer);
        } finally {
          writer.close();
        }
      },
    );
  }

  /** The certificate and key that the edge's agents use. */
  get edgeCertificate(): ClientCertificate {
    const own = this.outputs.edgeCredentials[this.edgeName];
    if (!own) throw new Error(`the central stack's outputs have no credentials for ${this.edgeName}`);
    return own;
  }

  private asked<T>(
    target: string,
    login: { user: string; password: string } | undefined,
    use: (query: QueryClient) => Promise<T>,
  ): Promise<T> {
    return this.central.forwarded(target, queryPort, this.namespace, async (address) => {
      const client = new QueryClient(address, login);
      try {
        return await use(client);
      } finally {
        client.close();
      }
    });
  }
}
