import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { monitoringNamespace } from '../../components/foundation/namespaces';
import { roles } from '../../components/thanos/roles';
import { centralOutputs, centralSecretOutputs } from '../../contract/central';
import type { Bucket } from './bucket';
import type { ClientCertificate } from './certificates';
import type { Tls } from '../../tools/http-client';
import type { Cluster } from '../../tools/kubernetes/cluster';
import { QueryClient } from '../samples/query-client';
import { RemoteWriter } from '../samples/remote-write';

export const outputs = z.object({ ...centralOutputs.shape, ...centralSecretOutputs.shape });
export type Outputs = z.output<typeof outputs>;

/** Port that edges write to. */
export const remoteWritePort = roles.receiveRouter.ports['remote-write'];

/** Deployed pair of central and edge cluster, as the checks look at it. */
export class Platform {
  readonly namespace = monitoringNamespace;
  /** Text in everything that this run writes, so that runs can be told apart. */
  readonly run = randomBytes(4).toString('hex');

  constructor(
    readonly central: Cluster,
    readonly edge: Cluster,
    /** Value of the label `cluster` of the centre's own samples. */
    readonly centralLabel: string,
    /** Name of the edge, and so value of the label `cluster` of its samples. */
    readonly edgeName: string,
    readonly outputs: Outputs,
    /** The stack's bucket, with the rights of an administrator. */
    readonly bucket: Bucket,
  ) {}

  /**
   * Asks one Query itself, past query-frontend: only about Query. What was stored is read back by `query`
   * (`tests/proof/read-backs.test.ts`).
   */
  queryItself<T>(use: (query: QueryClient) => Promise<T>): Promise<T> {
    return this.asked(roles.query, undefined, use);
  }

  /**
   * Asks as people and Grafana do, through query-frontend with its password: what is read back past it may be
   * there and still be seen by nobody.
   */
  query<T>(use: (query: QueryClient) => Promise<T>): Promise<T> {
    return this.asked(roles.queryFrontend, this.outputs.queryCredentials, use);
  }

  /** Writes to a router as an edge does; without a certificate if none is given. */
  remoteWrite<T>(
    client: ClientCertificate | undefined,
    use: (writer: RemoteWriter) => Promise<T>,
  ): Promise<T> {
    const tls = this.tls(client);
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

  /** TLS towards the routers, as an edge; without a certificate if none is given. */
  tls(client: ClientCertificate | undefined): Tls {
    const { remoteWriteUrl, remoteWriteCa } = this.outputs;
    return {
      serverName: new URL(remoteWriteUrl).hostname,
      ca: remoteWriteCa,
      ...(client && { client }),
    };
  }

  /** An edge's certificate and key, as deployed last. */
  credentials(edge: string): ClientCertificate {
    const own = this.outputs.edgeCredentials[edge];
    if (!own) throw new Error(`the central stack's outputs have no credentials for ${edge}`);
    return own;
  }

  /** Certificate and key of the edge's own agents. */
  get edgeCertificate(): ClientCertificate {
    return this.credentials(this.edgeName);
  }

  private asked<T>(
    { service, ports }: { service: string; ports: { http: number } },
    login: { user: string; password: string } | undefined,
    use: (query: QueryClient) => Promise<T>,
  ): Promise<T> {
    return this.central.forwarded(`service/${service}`, ports.http, this.namespace, async (address) => {
      const client = new QueryClient(address, login);
      try {
        return await use(client);
      } finally {
        client.close();
      }
    });
  }
}
