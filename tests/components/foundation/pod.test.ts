import { configMapMount, podTemplate, secretMount } from '../../../components/foundation/pod';
import { selectorLabels } from '../../../components/foundation/labels';
import { Cpu, Duration, Quantity } from '../../../config/units';

const selector = selectorLabels('thanos-query', 'query-layer');

const args = {
  labels: { ...selector, 'app.kubernetes.io/version': 'v0.42.4' },
  selector,
  container: {
    name: 'thanos-query',
    image: 'quay.io/thanos/thanos:v0.42.4',
    args: ['query'],
    ports: { grpc: 10901, http: 9090 },
    resources: {
      requests: { cpu: Cpu.parse('250m'), memory: Quantity.parse('1Gi') },
      limits: { cpu: Cpu.parse('1'), memory: Quantity.parse('2Gi') },
    },
    live: { httpGet: { path: '/-/healthy', port: 'http' } },
    ready: { httpGet: { path: '/-/ready', port: 'http' } },
    startup: Duration.parse('2m'),
  },
  mounts: [
    { name: 'data', path: '/var/thanos' },
    configMapMount('endpoints', '/etc/thanos/endpoints', 'thanos-query-endpoints'),
    secretMount('objstore', '/etc/thanos/objstore', 'thanos-s3-config', ['objstore.yml']),
  ],
  checksums: { objstore: 'hash' },
  terminationGrace: Duration.parse('5m'),
};

describe('pod template', () => {
  it('is exactly this', () => {
    expect(podTemplate(args)).toEqual({
      metadata: {
        labels: {
          'app.kubernetes.io/name': 'thanos-query',
          'app.kubernetes.io/component': 'query-layer',
          'app.kubernetes.io/part-of': 'monitoring',
          'app.kubernetes.io/version': 'v0.42.4',
        },
        annotations: { 'checksum/objstore': 'hash' },
      },
      spec: {
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 1001,
          runAsGroup: 1001,
          fsGroup: 1001,
          fsGroupChangePolicy: 'OnRootMismatch',
          seccompProfile: { type: 'RuntimeDefault' },
        },
        terminationGracePeriodSeconds: 300,
        topologySpreadConstraints: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map(
          (topologyKey) => ({
            maxSkew: 1,
            topologyKey,
            whenUnsatisfiable: 'ScheduleAnyway',
            labelSelector: { matchLabels: selector },
          }),
        ),
        containers: [
          {
            name: 'thanos-query',
            image: 'quay.io/thanos/thanos:v0.42.4',
            imagePullPolicy: 'IfNotPresent',
            args: ['query'],
            env: [{ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
            ports: [
              { name: 'grpc', containerPort: 10901 },
              { name: 'http', containerPort: 9090 },
            ],
            resources: {
              requests: { cpu: '250m', memory: '1Gi' },
              limits: { cpu: '1', memory: '2Gi' },
            },
            startupProbe: {
              httpGet: { path: '/-/healthy', port: 'http' },
              periodSeconds: 5,
              timeoutSeconds: 5,
              failureThreshold: 24,
            },
            livenessProbe: {
              httpGet: { path: '/-/healthy', port: 'http' },
              periodSeconds: 30,
              timeoutSeconds: 5,
              failureThreshold: 4,
            },
            readinessProbe: {
              httpGet: { path: '/-/ready', port: 'http' },
              periodSeconds: 5,
              timeoutSeconds: 5,
              failureThreshold: 3,
            },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ['ALL'] },
            },
            volumeMounts: [
              { name: 'data', mountPath: '/var/thanos' },
              { name: 'endpoints', mountPath: '/etc/thanos/endpoints', readOnly: true },
              { name: 'objstore', mountPath: '/etc/thanos/objstore', readOnly: true },
            ],
            terminationMessagePolicy: 'FallbackToLogsOnError',
          },
        ],
        volumes: [
          { name: 'endpoints', configMap: { name: 'thanos-query-endpoints' } },
          {
            name: 'objstore',
            secret: {
              secretName: 'thanos-s3-config',
              defaultMode: 0o440,
              items: [{ key: 'objstore.yml', path: 'objstore.yml' }],
            },
          },
        ],
      },
    });
  });

  it('lets a pod behind a Service serve for 5 seconds more when it is told to stop', () => {
    expect(podTemplate({ ...args, drain: true }).spec).toMatchObject({
      containers: [{ lifecycle: { preStop: { sleep: { seconds: 5 } } } }],
    });
  });
});
