import * as pulumi from '@pulumi/pulumi';
import * as k8s from './kubernetes';

/** The namespace of everything but node-exporter. */
export const monitoringNamespace = 'monitoring';

/** node-exporter alone: it needs the host's network, processes and files, which `restricted` forbids. */
export const nodeNamespace = 'monitoring-node';

const podSecurity = (level: 'restricted' | 'privileged') => ({
  'pod-security.kubernetes.io/enforce': level,
  'pod-security.kubernetes.io/enforce-version': 'latest',
  'pod-security.kubernetes.io/warn': level,
  'pod-security.kubernetes.io/audit': level,
});

/** The two namespaces of a stack, with their Pod Security levels. */
export class Namespaces extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super('monitoring:foundation:Namespaces', name, {}, opts);
    new k8s.core.v1.Namespace(
      monitoringNamespace,
      { metadata: { name: monitoringNamespace, labels: podSecurity('restricted') } },
      { parent: this },
    );
    new k8s.core.v1.Namespace(
      nodeNamespace,
      { metadata: { name: nodeNamespace, labels: podSecurity('privileged') } },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
