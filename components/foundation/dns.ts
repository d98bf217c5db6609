/** A namespace within a cluster: what the DNS name of a Service is made of, besides its own name. */
export interface ServiceDomain {
  namespace: string;
  /** DNS domain of the cluster itself, such as `cluster.local`. */
  clusterDomain: string;
}

/** DNS name of a Service (or, with the pod's name in front, of one pod of a headless one). */
export const serviceHost = (name: string, { namespace, clusterDomain }: ServiceDomain): string =>
  `${name}.${namespace}.svc.${clusterDomain}`;

/**
 * Address in Thanos' notation of every pod behind a headless Service, by the SRV records of one of its named
 * ports.
 *
 * @param scheme where the flag takes a URL
 */
export const srvAddress = (name: string, port: string, domain: ServiceDomain, scheme?: 'http'): string =>
  `dnssrv+${scheme ? `${scheme}://` : ''}_${port}._tcp.${serviceHost(name, domain)}`;
