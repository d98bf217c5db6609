import type { Manifest } from '../../policy/manifest';
import { nothingTold, type Facts } from '../../policy/policy';

/** Manifests that no policy has anything against, for tests to break. */

const labels = { app: 'shop' };

const container = {
  name: 'shop',
  image: 'registry.example.org/shop/server:v1.2.3',
  args: ['--config=/etc/shop/config.yml', '--token-file=/etc/shop/token'],
  ports: [{ name: 'http', containerPort: 8080 }],
  env: [{ name: 'DATABASE_PASSWORD', value: '/etc/shop/password' }],
  resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '1', memory: '64Mi' } },
  readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
  livenessProbe: { httpGet: { path: '/healthy', port: 'http' } },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
};

const claim = (storage: string) => ({
  metadata: { name: 'data' },
  spec: { resources: { requests: { storage } } },
});

export const statefulSet = (storage = '10Gi') => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'shop', namespace: 'shop' },
  spec: {
    replicas: 2,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [container],
        volumes: [{ name: 'config', configMap: { name: 'shop' } }],
      },
    },
    volumeClaimTemplates: [claim(storage)],
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
  },
});

const policyDocument = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['s3:GetBucketLocation', 's3:ListBucket'],
      Resource: ['arn:aws:s3:::blocks'],
    },
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: ['arn:aws:s3:::blocks/*'] },
    { Effect: 'Deny', Action: 's3:DeleteObjectVersion', Resource: 'arn:aws:s3:::blocks/*' },
  ],
};

const object = (apiVersion: string, kind: string, rest: object): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: 'shop', namespace: 'shop' },
  ...rest,
});

/** One of each kind that a policy looks at, by what tests call it. */
export const clean = () => ({
  namespace: {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
  },
  statefulSet: statefulSet(),
  service: object('v1', 'Service', {
    spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  }),
  ingress: object('networking.k8s.io/v1', 'Ingress', {
    spec: { tls: [{ hosts: ['shop.example.org'] }], rules: [{ host: 'shop.example.org' }] },
  }),
  budget: object('policy/v1', 'PodDisruptionBudget', {
    spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
  }),
  defaultDeny: {
    ...object('networking.k8s.io/v1', 'NetworkPolicy', {
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    }),
    metadata: { name: 'default-deny', namespace: 'shop' },
  },
  networkPolicy: object('networking.k8s.io/v1', 'NetworkPolicy', {
    spec: {
      podSelector: { matchLabels: labels },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ podSelector: { matchLabels: labels } }], ports: [{ port: 8080 }] }],
      egress: [{ to: [{ podSelector: { matchLabels: labels } }], ports: [{ port: 8080 }] }],
    },
  }),
  prometheusPolicy: {
    ...object('networking.k8s.io/v1', 'NetworkPolicy', {
      spec: { podSelector: { matchLabels: { prometheus: 'shop' } }, policyTypes: ['Ingress', 'Egress'] },
    }),
    metadata: { name: 'prometheus', namespace: 'shop' },
  },
  role: object('rbac.authorization.k8s.io/v1', 'Role', {
    rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }],
  }),
  secret: object('v1', 'Secret', { stringData: { token: '[encrypted]' } }),
  claim: {
    ...object('v1', 'PersistentVolumeClaim', {
      spec: { resources: { requests: { storage: '1Gi' } } },
    }),
    metadata: {
      name: 'shop',
      namespace: 'shop',
      labels: { 'helm.sh/chart': 'shop-1.2.3' },
      annotations: { 'helm.sh/resource-policy': 'keep' },
    },
  },
  release: {
    apiVersion: 'pulumi:kubernetes',
    kind: 'Release',
    metadata: { name: 'database' },
    spec: {
      version: '1.2.3',
      values: { image: 'registry.example.org/shop/database:v1', init: { tag: 'v1.2' } },
    },
  },
  iamPolicy: {
    apiVersion: 'pulumi:minio',
    kind: 'IamPolicy',
    metadata: { name: 'shop-writer' },
    spec: { name: 'shop-writer', policy: JSON.stringify(policyDocument) },
  },
  prometheus: {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Prometheus',
    metadata: { name: 'shop', namespace: 'shop' },
    spec: {
      image: 'registry.example.org/shop/prometheus:v3',
      replicas: 1,
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1', memory: '1Gi' } },
      storage: { volumeClaimTemplate: claim('5Gi') },
    },
  },
});

export type Clean = ReturnType<typeof clean>;

/** What is told about them. */
export const told: Facts = {
  ...nothingTold,
  repositories: ['registry.example.org/shop/'],
  exposed: ['shop.example.org'],
  bucket: { name: 'blocks', writers: ['shop-writer'], deleters: [] },
  secrets: new Set(['correct horse battery staple']),
  deployed: Object.values(clean()),
};
