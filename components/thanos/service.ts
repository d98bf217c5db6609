import { srvAddress, type ServiceDomain } from '../foundation/dns';
import type { types } from '../foundation/kubernetes';
import type { StoreEndpoint } from '../foundation/references';
import { metadata, type ThanosArgs } from './metadata';
import type { Role, RoleFacts } from './roles';

export interface ServiceArgs {
  /**
   * True: DNS answers with the address of every pod, so that a caller reaches each of them. That is what
   * StoreAPI needs: behind one address, Query would see the data of one replica at a time.
   */
  headless?: boolean;
  /** Also the addresses of pods that are not ready. */
  publishNotReadyAddresses?: boolean;
  /** What selects the pods, where it is not the role's own. */
  selector?: Record<string, string>;
  /** The ports that it serves, where it is not all of the role's. */
  only?: readonly string[];
}

/** The Service of a role, under `role.service`, with the role's ports. */
export const service = (
  role: Role,
  args: ThanosArgs,
  {
    headless,
    publishNotReadyAddresses,
    selector = { ...role.selector },
    only = Object.keys(role.ports),
  }: ServiceArgs = {},
): types.input.core.v1.Service => ({
  metadata: metadata(role, args, role.service),
  spec: {
    selector,
    ...(headless && { clusterIP: 'None' }),
    ...(publishNotReadyAddresses && { publishNotReadyAddresses: true }),
    ports: Object.entries(role.ports)
      .filter(([name]) => only.includes(name))
      .map(([name, port]) => ({ name, port, targetPort: name })),
  },
});

/** Where Query finds the StoreAPI of each of a role's pods. */
export const storeEndpoint = (
  { service }: RoleFacts & { storeApi: true },
  domain: ServiceDomain,
): StoreEndpoint => ({ address: srvAddress(service, 'grpc', domain) });
