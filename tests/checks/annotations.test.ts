import { more, said } from '../support/written-stack';

const line = (path: string, name: string, why: string, key: string) =>
  `  monitoring:${path}.${name}: found the annotation ${name}; allowed: none in whose place there is a key: ${why}. Remove it and set ${key}.`;

const ofService = (annotation: string, address = true) =>
  said(
    more(
      `receive: { loadBalancer: { ${address ? 'address: 10.0.0.8, ' : ''}annotations: { ${annotation}: 10.0.0.9 } } }`,
    ),
  );

describe('an annotation that says what a key says', () => {
  it.each([
    'lbipam.cilium.io/ips',
    'io.cilium/lb-ipam-ips',
    'metallb.io/loadBalancerIPs',
    'metallb.universe.tf/loadBalancerIPs',
    'MetalLB.io/loadBalancerIPs',
  ])('is refused beside an address: %s', (name) => {
    expect(ofService(name)).toEqual([
      line(
        'receive.loadBalancer.annotations',
        name,
        'the Service would ask for two addresses',
        'receive.loadBalancer.address',
      ),
    ]);
    expect(ofService(name, false)).toEqual([]);
  });

  it('is refused where Kubernetes would ignore it', () => {
    const name = 'service.beta.kubernetes.io/load-balancer-source-ranges';
    expect(ofService(name, false)).toEqual([
      line(
        'receive.loadBalancer.annotations',
        name,
        'Kubernetes ignores the annotation beside the field that this key sets',
        'receive.loadBalancer.sourceCidrs',
      ),
    ]);
  });

  it('is refused where edges would be told another name', () => {
    const name = 'external-dns.alpha.kubernetes.io/hostname';
    expect(ofService(name, false)).toEqual([
      line(
        'receive.loadBalancer.annotations',
        name,
        'the certificate is for thanos-receiver.DOMAIN, and edges write to that name',
        'cluster.domain',
      ),
    ]);
  });

  it('is refused where the API server would refuse the Ingress', () => {
    expect(said(more('ingress: { annotations: { kubernetes.io/ingress.class: nginx } }'))).toEqual([
      line(
        'ingress.annotations',
        'kubernetes.io/ingress.class',
        'the API server refuses an Ingress with both',
        'ingress.className',
      ),
    ]);
  });

  it.each([
    ['cert-manager.io/cluster-issuer', '{ kind: private }', 1],
    ['cert-manager.io/issuer', '{ kind: cert-manager, clusterIssuer: le }', 1],
    ['kubernetes.io/tls-acme', '{ kind: private }', 1],
    ['cert-manager.io/issuer', '{ kind: secret, secretName: mine }', 0],
    ['nginx.ingress.kubernetes.io/proxy-body-size', '{ kind: private }', 0],
  ])('of cert-manager counts by whose Secret it would fill: %s with %s', (name, tls, count) => {
    const why = 'cert-manager would write into the Secret that this stack makes, or be told of two issuers';
    expect(said(more(`ingress: { annotations: { ${name}: le }, tls: ${tls} }`))).toEqual(
      Array(count).fill(line('ingress.annotations', name, why, 'ingress.tls')),
    );
  });
});
