import type { types } from '../foundation/kubernetes';
import { metadata, type Role, type ThanosArgs } from './role';

export interface ServiceArgs {
  /** Name of the Service, where it is not the role's. */
  name?: string;
  /** Name and number of each port; the container has ports of these names. */
  ports: Record<string, number>;
  /**
   * True: DNS answers with the address of every pod, so that a caller reaches each of them. That is what StoreAPI needs:
   * behind one address, Query would see the data of one replica at a time.
   */
  headless?: boolean;
  /** Also the addresses of pods that are not ready. */
  publishNotReadyAddresses?: boolean;
}

/** The Service of a role. */
export const service = (role: Role, args: ThanosArgs, spec: ServiceArgs): types.input.core.v1.Service => ({
  metadata: metadata(role, args, spec.name),
  spec: {
    selector: { ...role.selector },
    ...(spec.headless && { clusterIP: 'None' }),
    ...(spec.publishNotReadyAddresses && { publishNotReadyAddresses: true }),
    ports: Object.entries(spec.ports).map(([name, port]) => ({ name, port, targetPort: name })),
  },
});

/** DNS name of a Service (or, with the pod's name in front, of one pod of a headless one). */
export const serviceHost = (name: string, { namespace, clusterDomain }: ThanosArgs): string =>
  `${name}.${namespace}.svc.${clusterDomain}`;

/** Address in Thanos' notation of every pod behind a Service, by the SRV records of one of its named ports. */
export const srvAddress = (name: string, port: string, args: ThanosArgs): string =>
  `dnssrv+_${port}._tcp.${serviceHost(name, args)}`;
