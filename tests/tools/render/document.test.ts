import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import { document } from '../../../tools/render/document';
import { run } from '../../../tools/render/run';

describe('the document of a stack', () => {
  it('shows its outputs and each resource by type and name, texts in blocks, keys in order, secrets masked', async () => {
    const deployment = await run({
      project: 'monitoring',
      stack: 'cluster-01',
      program: () => {
        const namespace = new k8s.core.v1.Namespace('first', {});
        const group = new pulumi.ComponentResource(
          'monitoring:test:Group',
          'group',
          {},
          { dependsOn: namespace },
        );
        const { result } = new random.RandomPassword('login', { length: 20 }, { parent: group });
        const content = pulumi.interpolate`type: S3\nconfig:\n  secret_key: ${result}\n`;
        new k8s.core.v1.Secret(
          's3',
          { stringData: { 'objstore.yml': content } },
          { parent: group, protect: true },
        );
        return { url: 'https://x', password: result };
      },
    });
    expect(document(deployment)).toBe(`\
stack: cluster-01
outputs:
  password: "[secret: result of login]"
  url: https://x
---
type: kubernetes:core/v1:Namespace
name: first
inputs:
  apiVersion: v1
  kind: Namespace
---
type: kubernetes:core/v1:Secret
name: s3
parent: monitoring:test:Group group
options:
  protect: true
inputs:
  apiVersion: v1
  kind: Secret
  stringData:
    objstore.yml: |
      type: S3
      config:
        secret_key: [secret: result of login]
---
type: monitoring:test:Group
name: group
options:
  dependsOn:
    - kubernetes:core/v1:Namespace first
---
type: random:index/randomPassword:RandomPassword
name: login
parent: monitoring:test:Group group
inputs:
  length: 20
`);
  });
});
