import * as pulumi from '@pulumi/pulumi';
import { WebIngress, type WebIngressArgs } from '../../../components/ingress/web-ingress';
import { register } from '../../support/mocks';

const ingressType = 'kubernetes:networking.k8s.io/v1:Ingress';

async function deploy(args: Partial<WebIngressArgs>) {
  const made: WebIngress[] = [];
  const registered = await register(() =>
    made.push(
      new WebIngress(
        'grafana',
        {
          namespace: 'monitoring',
          host: 'grafana.k8s-cluster-01.miribit.lab',
          service: { name: 'kube-prometheus-stack-grafana', port: 80 },
          className: 'cilium',
          annotations: { 'example.org/team': 'platform' },
          tls: { kind: 'private' },
          authority: { certificate: pulumi.output('the CA'), privateKey: pulumi.secret('the CA key') },
          ...args,
        },
        {},
      ),
    ),
  );
  return { registered, url: made[0]?.url };
}

describe('WebIngress', () => {
  it('serves one host over HTTPS with a certificate of the private authority', async () => {
    const { registered, url } = await deploy({});
    expect(url).toBe('https://grafana.k8s-cluster-01.miribit.lab');
    const ingress = registered.one(ingressType, 'grafana');
    expect(ingress.inputs).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        name: 'grafana',
        namespace: 'monitoring',
        annotations: { 'example.org/team': 'platform' },
      },
      spec: {
        ingressClassName: 'cilium',
        tls: [{ hosts: ['grafana.k8s-cluster-01.miribit.lab'], secretName: 'grafana-tls' }],
        rules: [
          {
            host: 'grafana.k8s-cluster-01.miribit.lab',
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: { service: { name: 'kube-prometheus-stack-grafana', port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    });
    expect(registered.inputs('tls:index/certRequest:CertRequest')).toMatchObject({
      dnsNames: ['grafana.k8s-cluster-01.miribit.lab'],
    });
    expect(registered.one('kubernetes:core/v1:Secret', 'grafana-tls').inputs).toMatchObject({
      type: 'kubernetes.io/tls',
    });
    expect(ingress.options.dependsOn).toContain('kubernetes:core/v1:Secret grafana-tls');
  });

  it('takes a Secret of yours, and makes no certificate then', async () => {
    const { registered } = await deploy({ tls: { kind: 'secret', secretName: 'wildcard' } });
    expect(registered.names).toEqual([`${ingressType} grafana`]);
    const { spec, metadata } = registered.inputs(ingressType) as Record<string, object>;
    expect(spec).toMatchObject({ tls: [{ secretName: 'wildcard' }] });
    expect(metadata).toMatchObject({ annotations: { 'example.org/team': 'platform' } });
  });

  it('orders a certificate from cert-manager', async () => {
    const { registered } = await deploy({ tls: { kind: 'cert-manager', clusterIssuer: 'letsencrypt' } });
    expect(registered.names).toEqual([`${ingressType} grafana`]);
    const { spec, metadata } = registered.inputs(ingressType) as Record<string, object>;
    expect(spec).toMatchObject({ tls: [{ secretName: 'grafana-tls' }] });
    expect(metadata).toMatchObject({
      annotations: { 'example.org/team': 'platform', 'cert-manager.io/cluster-issuer': 'letsencrypt' },
    });
  });
});
