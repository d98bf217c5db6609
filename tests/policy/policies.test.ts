import { policies } from '../../policy/list';
import { judge, sentence } from '../../policy/judge';
import type { Manifest } from '../../policy/manifest';
import { clean, told, type Clean } from './clean';

/**
 * A path into one of the clean manifests, keys separated by blanks, and what is put there; undefined removes.
 */
type Change = [object: keyof Clean, path: string, value?: unknown];

function broken(...changes: Change[]): Manifest[] {
  // By way of a text, since a clone would go on sharing what they share.
  const objects = JSON.parse(JSON.stringify(clean())) as Record<string, unknown>;
  for (const [object, path, value] of changes) {
    const keys = [object, ...path.split(' ').filter((key) => key !== '')];
    const last = keys.pop() ?? '';
    const parent = keys.reduce<Record<string, unknown>>((node, key) => {
      const inner = node[key];
      if (typeof inner !== 'object' || inner === null) throw new Error(`${object} has no ${path}`);
      return inner as Record<string, unknown>;
    }, objects);
    if (value === undefined) Reflect.deleteProperty(parent, last);
    else parent[last] = value;
  }
  return Object.values(objects) as Manifest[];
}

const pod = 'spec template spec';
const container = `${pod} containers 0`;
const at = 'StatefulSet shop/shop: spec.template.spec.containers[shop]';
const operated = 'Prometheus shop/shop: StatefulSet.spec.template.spec';

const statement = (change: object) =>
  JSON.stringify({
    Statement: [
      { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::blocks/*', ...change },
      { Effect: 'Deny', Action: 's3:DeleteObjectVersion', Resource: 'arn:aws:s3:::blocks/*' },
    ],
  });

/** For each policy the inputs made for it, with exactly what is found in each. */
const refused: Record<string, [input: string, changes: Change[], found: string[]][]> = {
  'image-pinned': [
    [
      'a tag that moves',
      [['statefulSet', `${container} image`, 'registry.example.org/shop/server:latest']],
      [
        `${at}.image is registry.example.org/shop/server:latest; allowed: REGISTRY/PATH:VERSION or REGISTRY/PATH@sha256:DIGEST`,
      ],
    ],
    [
      "an image in a release's values without a registry, and a tag that moves",
      [
        ['release', 'spec values image', 'database:v1'],
        ['release', 'spec values init tag', 'latest'],
      ],
      [
        'Release database: values.image is database:v1; allowed: REGISTRY/PATH:VERSION or REGISTRY/PATH@sha256:DIGEST',
        'Release database: values.init.tag is latest; allowed: the tag of a version',
      ],
    ],
    [
      'a custom resource without an image',
      [['prometheus', 'spec image']],
      [
        `${operated}.containers[prometheus].image is missing; allowed: REGISTRY/PATH:VERSION or REGISTRY/PATH@sha256:DIGEST`,
      ],
    ],
  ],
  'image-repository': [
    [
      'another repository of an allowed registry',
      [['statefulSet', `${container} image`, 'registry.example.org/other/server:v1']],
      [`${at}.image is registry.example.org/other/server:v1; allowed: registry.example.org/shop/`],
    ],
  ],
  'chart-pinned': [
    [
      'a range',
      [['release', 'spec version', '^1.2.0']],
      ['Release database: version is ^1.2.0; allowed: MAJOR.MINOR.PATCH'],
    ],
  ],
  'pod-restricted': [
    [
      'what a node has',
      [
        ['statefulSet', `${pod} hostPID`, true],
        ['statefulSet', `${pod} volumes 0`, { name: 'root', hostPath: { path: '/' } }],
        ['statefulSet', `${container} securityContext privileged`, true],
        ['statefulSet', `${container} securityContext capabilities`, { add: ['NET_RAW'] }],
      ],
      [
        'StatefulSet shop/shop: spec.template.spec.hostPID is true; allowed: false',
        'StatefulSet shop/shop: spec.template.spec.volumes[root].hostPath is /; allowed: no path of the node',
        `${at}.securityContext.privileged is true; allowed: false`,
        `${at}.securityContext.capabilities.drop is missing; allowed: ["ALL"]`,
        `${at}.securityContext.capabilities.add is ["NET_RAW"]; allowed: none`,
      ],
    ],
    [
      'root, and no seccomp profile',
      [
        ['statefulSet', `${pod} securityContext`, { runAsUser: 0 }],
        ['statefulSet', `${container} securityContext allowPrivilegeEscalation`],
      ],
      [
        `${at}.securityContext.allowPrivilegeEscalation is missing; allowed: false`,
        `${at}.securityContext.runAsNonRoot is missing; allowed: true`,
        `${at}.securityContext.runAsUser is 0; allowed: any but 0`,
        `${at}.securityContext.seccompProfile.type is missing; allowed: RuntimeDefault or Localhost`,
      ],
    ],
    [
      "a custom resource whose containers open a port of the node, and undo the operator's own security",
      [
        [
          'prometheus',
          'spec containers',
          [
            {
              name: 'prometheus',
              ports: [{ name: 'web', containerPort: 9090, hostPort: 9090 }],
              securityContext: { allowPrivilegeEscalation: true },
            },
          ],
        ],
      ],
      [
        `${operated}.containers[prometheus].securityContext.allowPrivilegeEscalation is true; allowed: false`,
        `${operated}.containers[prometheus].ports[web].hostPort is 9090; allowed: no port of the node`,
      ],
    ],
  ],
  'root-read-only': [
    [
      'a filesystem that can be written',
      [['statefulSet', `${container} securityContext readOnlyRootFilesystem`]],
      [`${at}.securityContext.readOnlyRootFilesystem is missing; allowed: true`],
    ],
  ],
  'resources-bound': [
    [
      'no limit of memory, and no request of CPU',
      [
        ['statefulSet', `${container} resources limits memory`],
        ['statefulSet', `${container} resources requests cpu`],
      ],
      [
        `${at}.resources.requests.cpu is missing; allowed: an amount`,
        `${at}.resources.limits.memory is missing; allowed: an amount`,
      ],
    ],
  ],
  'namespace-restricted': [
    [
      'a weaker level',
      [['namespace', 'metadata labels pod-security.kubernetes.io/enforce', 'baseline']],
      [
        'Namespace shop: metadata.labels["pod-security.kubernetes.io/enforce"] is baseline; allowed: restricted',
      ],
    ],
  ],
  'token-used': [
    [
      'a token of an account without rights',
      [['statefulSet', `${pod} automountServiceAccountToken`]],
      [
        'StatefulSet shop/shop: spec.template.spec.automountServiceAccountToken is missing; ' +
          'allowed: false: ServiceAccount shop/default has no right',
      ],
    ],
    [
      "what the operator does where the resource says nothing: it mounts Prometheus' token",
      [['prometheus', 'spec automountServiceAccountToken']],
      [
        `${operated}.automountServiceAccountToken is true; allowed: false: ServiceAccount shop/default has no right`,
      ],
    ],
  ],
  'cluster-rights': [
    [
      'everything',
      [['role', 'rules 0 verbs', ['*']]],
      ['Role shop/shop: rules[secrets].verbs is *; allowed: each by its name'],
    ],
    [
      'the Secrets of every namespace',
      [['role', 'kind', 'ClusterRole']],
      [
        'ClusterRole shop/shop: rules[secrets].resources is get of secrets; allowed: a Role in the namespace that needs it',
      ],
    ],
  ],
  'secret-in-plain': [
    [
      'a known secret, as it is and as base64, also in a Secret',
      [
        ['service', 'metadata labels', { x: 'say correct horse battery staple' }],
        ['ingress', 'metadata labels', { x: Buffer.from('correct horse battery staple').toString('base64') }],
        ['secret', 'data', { x: Buffer.from('so correct horse battery staple').toString('base64') }],
      ],
      [
        'Service shop/shop: metadata.labels.x is a secret in plain text; allowed: a Secret that the engine keeps encrypted, by reference',
        'Ingress shop/shop: metadata.labels.x is a secret in plain text; allowed: a Secret that the engine keeps encrypted, by reference',
        'Secret shop/shop: data.x is a secret in plain text; allowed: a Secret that the engine keeps encrypted, by reference',
      ],
    ],
    [
      'what looks like one',
      [
        ['service', 'metadata annotations', { a: '-----BEGIN EC PRIVATE KEY-----\nMHc' }],
        ['ingress', 'metadata annotations', { b: 'postgres://shop:hunter2@database/shop' }],
        ['statefulSet', `${container} env 0 value`, 'hunter2'],
        ['statefulSet', `${container} args 0`, '--redis.password=hunter2'],
      ],
      [
        `${at}.env[DATABASE_PASSWORD].value is a literal value; allowed: a file from a Secret`,
        `${at}.args[--redis.password] is a literal value; allowed: a file from a Secret`,
        'Service shop/shop: metadata.annotations.a is a private key; allowed: a Secret that the engine keeps encrypted, by reference',
        'Ingress shop/shop: metadata.annotations.b is an address with a password; allowed: a Secret that the engine keeps encrypted, by reference',
      ],
    ],
  ],
  'secret-in-values': [
    [
      'a secret among the values of a release',
      [['release', 'spec values password', '[encrypted]']],
      ['Release database: values.password is a secret; allowed: the name of a Secret'],
    ],
  ],
  'secret-in-environment': [
    [
      'a variable, and all keys of a Secret',
      [
        [
          'statefulSet',
          `${container} env 0`,
          { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'shop', key: 'p' } } },
        ],
        ['statefulSet', `${container} envFrom`, [{ secretRef: { name: 'all' } }]],
      ],
      [
        `${at}.env[PASSWORD] is Secret shop; allowed: a mounted file`,
        `${at}.envFrom[all] is Secret all; allowed: a mounted file`,
      ],
    ],
    [
      "what the operator makes of a Secret of the sidecar's",
      [
        [
          'prometheus',
          'spec thanos',
          {
            image: 'registry.example.org/shop/thanos:v0',
            resources: { requests: { cpu: '1', memory: '1' }, limits: { cpu: '1', memory: '1' } },
            objectStorageConfig: { name: 'keys', key: 'objstore.yml' },
          },
        ],
      ],
      [`${operated}.containers[thanos-sidecar].env[OBJSTORE_CONFIG] is Secret keys; allowed: a mounted file`],
    ],
  ],
  'exposed-by-name': [
    [
      'a host that nobody named, and one without TLS',
      [
        ['ingress', 'spec rules 1', { host: 'admin.example.org' }],
        ['ingress', 'spec tls', []],
      ],
      [
        'Ingress shop/shop: spec.tls is missing; allowed: a certificate for shop.example.org',
        'Ingress shop/shop: spec.rules is admin.example.org; allowed: shop.example.org',
      ],
    ],
    [
      'every host',
      [
        ['ingress', 'spec rules 0 host'],
        ['ingress', 'spec defaultBackend', {}],
      ],
      [
        'Ingress shop/shop: spec.defaultBackend is any host; allowed: shop.example.org',
        'Ingress shop/shop: spec.rules is any host; allowed: shop.example.org',
      ],
    ],
    [
      'a Service that nodes, a load balancer or others hand on',
      [
        ['service', 'spec type', 'NodePort'],
        ['service', 'spec externalIPs', ['192.0.2.1']],
      ],
      [
        'Service shop/shop: spec.type is NodePort; allowed: ClusterIP, or to be named',
        'Service shop/shop: spec.externalIPs is ["192.0.2.1"]; allowed: ClusterIP, or to be named',
      ],
    ],
    [
      'a port of the node',
      [['statefulSet', `${container} ports 0 hostPort`, 80]],
      [`${at}.ports[http] is port 80 of every node it runs on; allowed: a port of the pod, or to be named`],
    ],
  ],
  'serving-probed': [
    [
      'a served container without probes',
      [
        ['statefulSet', `${container} readinessProbe`],
        ['statefulSet', `${container} livenessProbe`],
      ],
      [
        `${at}.readinessProbe is missing; allowed: a probe: a Service sends requests here`,
        `${at}.livenessProbe is missing; allowed: a probe: a Service sends requests here`,
      ],
    ],
  ],
  'disruption-budget': [
    [
      'several replicas that nothing guards',
      [['budget', 'kind', 'Nothing']],
      [
        'StatefulSet shop/shop: 2 replicas without a PodDisruptionBudget; allowed: one that lets a pod go at a time',
      ],
    ],
    [
      'one that lets nothing go, by share',
      [
        ['budget', 'spec maxUnavailable'],
        ['budget', 'spec minAvailable', '51%'],
      ],
      [
        'PodDisruptionBudget shop/shop: spec.minAvailable is 51% of 2 replicas; allowed: one pod at least may go',
      ],
    ],
    [
      'one of nobody',
      [['budget', 'spec selector matchLabels app', 'shopp']],
      [
        'StatefulSet shop/shop: 2 replicas without a PodDisruptionBudget; allowed: one that lets a pod go at a time',
        'PodDisruptionBudget shop/shop: spec.selector is the pods of 0 workloads; allowed: those of one',
      ],
    ],
  ],
  'default-deny': [
    [
      'a policy that refuses what comes in alone',
      [['defaultDeny', 'spec policyTypes', ['Ingress']]],
      [
        'StatefulSet shop/shop: metadata.namespace is shop; allowed: a namespace with a default-deny policy',
        'Prometheus shop/shop: metadata.namespace is shop; allowed: a namespace with a default-deny policy',
      ],
    ],
  ],
  'network-policy-of-pod': [
    [
      'a pod that no policy selects',
      [['statefulSet', 'spec template metadata labels', { app: 'store' }]],
      [
        'StatefulSet shop/shop: metadata.labels is {"app":"store"}; allowed: labels that a NetworkPolicy selects',
      ],
    ],
  ],
  'network-policy-selects-pods': [
    [
      'a peer whose label was renamed, by an expression',
      [
        [
          'networkPolicy',
          'spec egress 0 to 0 podSelector',
          { matchExpressions: [{ key: 'app', operator: 'In', values: ['shopp'] }] },
        ],
        ['prometheusPolicy', 'spec podSelector matchLabels prometheus', 'other'],
      ],
      [
        'NetworkPolicy shop/shop: spec.egress is {"matchExpressions":[{"key":"app","operator":"In","values":["shopp"]}]}; allowed: labels of a pod in shop',
        'NetworkPolicy shop/prometheus: spec.podSelector is {"prometheus":"other"}; allowed: labels of a pod in shop',
      ],
    ],
  ],
  'network-policy-ports': [
    [
      'the port of the Service',
      [['networkPolicy', 'spec ingress 0 ports 0 port', 80]],
      ['NetworkPolicy shop/shop: spec.ingress is port 80; allowed: 8080'],
    ],
    [
      'a name that no container has',
      [['networkPolicy', 'spec ingress 0 ports 0 port', 'web']],
      ['NetworkPolicy shop/shop: spec.ingress is port web; allowed: 8080'],
    ],
  ],
  'network-flow-both-ends': [
    [
      'what is sent and not received',
      [['networkPolicy', 'spec ingress', []]],
      [
        'NetworkPolicy shop/shop: spec.egress is {"app":"shop"} to {"app":"shop"}, TCP 8080; allowed: an ingress rule of the receiver',
      ],
    ],
    [
      'what is received and not sent',
      [['networkPolicy', 'spec egress', []]],
      [
        'NetworkPolicy shop/shop: spec.ingress is {"app":"shop"} to {"app":"shop"}, TCP 8080; allowed: an egress rule of the sender',
      ],
    ],
  ],
  'bucket-rights': [
    [
      'more than is needed, elsewhere, without the ban on old versions',
      [
        [
          'iamPolicy',
          'spec policy',
          JSON.stringify({ Statement: { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::*' } }),
        ],
      ],
      [
        'IamPolicy shop-writer: policy.Action is s3:*; allowed: s3:GetBucketLocation, s3:ListBucket, s3:GetObject, s3:PutObject, s3:AbortMultipartUpload',
        'IamPolicy shop-writer: policy.Resource is arn:aws:s3:::*; allowed: arn:aws:s3:::blocks, arn:aws:s3:::blocks/*',
        'IamPolicy shop-writer: policy.Deny is nothing; allowed: s3:DeleteObjectVersion, so that what is deleted can be brought back',
      ],
    ],
    [
      'a writer that deletes',
      [['iamPolicy', 'spec policy', statement({ Action: ['s3:PutObject', 's3:DeleteObject'] })]],
      [
        'IamPolicy shop-writer: policy.Action is s3:DeleteObject; allowed: s3:GetBucketLocation, s3:ListBucket, s3:GetObject, s3:PutObject, s3:AbortMultipartUpload',
      ],
    ],
    [
      'a reader that writes',
      [
        ['iamPolicy', 'spec name', 'shop-reader'],
        ['iamPolicy', 'spec policy', statement({ Action: 's3:PutObject' })],
      ],
      [
        'IamPolicy shop-writer: policy.Action is s3:PutObject; allowed: s3:GetBucketLocation, s3:ListBucket, s3:GetObject',
      ],
    ],
    [
      'no document at all',
      [['iamPolicy', 'spec policy', 'readonly']],
      ['IamPolicy shop-writer: policy is readonly; allowed: a policy document'],
    ],
  ],
  'volume-kept': [
    [
      'volumes that go with their StatefulSet, and one that goes with its release',
      [
        ['statefulSet', 'spec persistentVolumeClaimRetentionPolicy', { whenScaled: 'Delete' }],
        ['claim', 'metadata annotations'],
        ['prometheus', 'spec persistentVolumeClaimRetentionPolicy', { whenDeleted: 'Delete' }],
      ],
      [
        'StatefulSet shop/shop: spec.persistentVolumeClaimRetentionPolicy.whenDeleted is missing; allowed: Retain',
        'StatefulSet shop/shop: spec.persistentVolumeClaimRetentionPolicy.whenScaled is Delete; allowed: Retain',
        'Prometheus shop/shop: StatefulSet.spec.persistentVolumeClaimRetentionPolicy.whenDeleted is Delete; allowed: Retain',
        'PersistentVolumeClaim shop/shop: metadata.annotations["helm.sh/resource-policy"] is missing; allowed: keep',
      ],
    ],
  ],
  'volume-never-smaller': [
    [
      'smaller than deployed, in a template, in a custom resource, and in a claim',
      [
        ['statefulSet', 'spec volumeClaimTemplates 0 spec resources requests storage', '10000Mi'],
        ['prometheus', 'spec storage volumeClaimTemplate spec resources requests storage', '4Gi'],
        ['claim', 'spec resources requests storage', '1G'],
      ],
      [
        'StatefulSet shop/shop: spec.volumeClaimTemplates[data] is 10000Mi; allowed: 10Gi, as deployed, or more',
        'Prometheus shop/shop: StatefulSet.spec.volumeClaimTemplates[data] is 4Gi; allowed: 5Gi, as deployed, or more',
        'PersistentVolumeClaim shop/shop: spec.resources.requests.storage is 1G; allowed: 1Gi, as deployed, or more',
      ],
    ],
  ],
};

const cases = Object.entries(refused).flatMap(([name, inputs]) =>
  inputs.map(([input, changes, found]) => ({ name, input, changes, found })),
);

const policyNamed = (name: string) => {
  const policy = policies.find((candidate) => candidate.name === name);
  if (!policy) throw new Error(`no policy ${name}`);
  return policy;
};

describe('every policy', () => {
  it('has an input made for it, and a name of its own', () => {
    expect(Object.keys(refused)).toEqual(policies.map(({ name }) => name));
  });

  it.each(policies)('$name finds nothing in clean manifests', (policy) => {
    expect(judge([policy], broken(), told).map(sentence)).toEqual([]);
  });

  it.each(cases)('$name refuses $input', ({ name, changes, found }) => {
    expect(judge([policyNamed(name)], broken(...changes), told).map(sentence)).toEqual(found);
  });

  const alone = policies.filter(({ scope }) => scope === 'object');
  it.each(alone)('$name needs one object at a time, as it says', ({ name, check }) => {
    for (const { changes } of cases.filter((one) => one.name === name)) {
      const manifests = broken(...changes);
      const oneByOne = manifests.flatMap((manifest) => check([manifest], told));
      expect(oneByOne.map(sentence).sort()).toEqual(check(manifests, told).map(sentence).sort());
    }
  });
});

describe('what is allowed', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  it.each([
    `registry.example.org/shop/server@${digest}`,
    `registry.example.org/shop/server:nightly@${digest}`,
    `registry.example.org:5000/shop/server:1.2.3@${digest}`,
  ])('an image by its digest: %s', (image) => {
    const manifests = broken(['statefulSet', `${container} image`, image]);
    expect(judge([policyNamed('image-pinned')], manifests, told)).toEqual([]);
  });

  it('a Service that is named, whatever its type', () => {
    const manifests = broken(['service', 'spec type', 'LoadBalancer']);
    const exposed = [...told.exposed, 'Service shop/shop'];
    expect(judge([policyNamed('exposed-by-name')], manifests, { ...told, exposed })).toEqual([]);
  });

  it('a token of an account that is bound to a role', () => {
    const binding: Manifest = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'shop', namespace: 'shop' },
      subjects: [{ kind: 'ServiceAccount', name: 'default' }],
    };
    const manifests = [...broken(['statefulSet', `${pod} automountServiceAccountToken`]), binding];
    expect(judge([policyNamed('token-used')], manifests, told)).toEqual([]);
  });

  it('a network policy for pods whose manifests are elsewhere, where they are told', () => {
    const manifests = broken(['networkPolicy', 'spec ingress 0 from 0 podSelector matchLabels app', 'cart']);
    const policy = policyNamed('network-policy-selects-pods');
    expect(judge([policy], manifests, told)).toHaveLength(1);
    const cart = { object: 'Deployment shop/cart', namespace: 'shop', labels: { app: 'cart' }, ports: {} };
    expect(judge([policy], manifests, { ...told, otherPods: [cart] })).toEqual([]);
  });

  it('a larger volume, and one that was not there', () => {
    const storage = 'spec volumeClaimTemplates 0 spec resources requests storage';
    const manifests = broken(['statefulSet', storage, '1Ti'], ['claim', 'metadata name', 'new']);
    expect(judge([policyNamed('volume-never-smaller')], manifests, told)).toEqual([]);
  });
});
