import type { CentralConfig } from '../config/central';
import type { Violation } from '../config/errors';

/** An annotation in whose place there is a key. */
interface Said {
  annotations: readonly string[];
  /** The key, as people write it. */
  key: string;
  /** What becomes of both. */
  why: string;
}

const address: Said = {
  annotations: [
    ...['lbipam.cilium.io/ips', 'io.cilium/lb-ipam-ips'],
    ...['metallb.io/loadBalancerIPs', 'metallb.universe.tf/loadBalancerIPs'],
  ],
  key: 'receive.loadBalancer.address',
  why: 'the Service would ask for two addresses',
};

const sources: Said = {
  annotations: ['service.beta.kubernetes.io/load-balancer-source-ranges'],
  key: 'receive.loadBalancer.sourceCidrs',
  why: 'Kubernetes ignores the annotation beside the field that this key sets',
};

const hostname: Said = {
  annotations: ['external-dns.alpha.kubernetes.io/hostname', 'external-dns.kubernetes.io/hostname'],
  key: 'cluster.domain',
  why: 'the certificate is for thanos-receiver.DOMAIN, and edges write to that name',
};

const ingressClass: Said = {
  annotations: ['kubernetes.io/ingress.class'],
  key: 'ingress.className',
  why: 'the API server refuses an Ingress with both',
};

const issuer: Said = {
  annotations: ['cert-manager.io/cluster-issuer', 'cert-manager.io/issuer', 'kubernetes.io/tls-acme'],
  key: 'ingress.tls',
  why: 'cert-manager would write into the Secret that this stack makes, or be told of two issuers',
};

/**
 * Annotations that say a second time what a key says: of the two one would win without a word, or the API
 * server would refuse the object in the middle of `pulumi up`. MetalLB's and Cilium's addresses stay allowed
 * alone, since they may be several, and an Issuer beside a Secret of yours, which it then fills.
 */
export const annotationRules = ({
  receive,
  ingress,
}: Pick<CentralConfig, 'receive' | 'ingress'>): Violation[] => [
  ...saidTwice('receive.loadBalancer.annotations', receive.loadBalancer.annotations, [
    ...(receive.loadBalancer.address === undefined ? [] : [address]),
    sources,
    hostname,
  ]),
  ...saidTwice('ingress.annotations', ingress.annotations, [
    ingressClass,
    ...(ingress.tls.kind === 'secret' ? [] : [issuer]),
  ]),
];

const saidTwice = (
  path: string,
  annotations: Readonly<Record<string, string>>,
  said: readonly Said[],
): Violation[] =>
  said.flatMap(({ annotations: names, key, why }) =>
    Object.keys(annotations)
      // Also in another case, in which nobody would read it.
      .filter((name) => names.some((other) => other.toLowerCase() === name.toLowerCase()))
      .map((name) => ({
        key: `${path}.${name}`,
        found: `the annotation ${name}`,
        allowed: `none in whose place there is a key: ${why}`,
        fix: `Remove it and set ${key}.`,
      })),
  );
