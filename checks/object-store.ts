import { receiversSecret } from '../components/prometheus-stack/alertmanager-secret-files';
import type { CentralConfig } from '../config/central';
import type { Violation } from '../config/errors';
import { isLoopback } from '../config/networks';

/** Secrets that the stack makes itself in the namespace `monitoring`: one of yours may not be called so. */
const madeHere = [
  'grafana-admin',
  'thanos-receiver-tls',
  'thanos-query-frontend-credentials',
  'thanos-query-frontend-web',
  receiversSecret,
];

/** One for each user of the bucket, where this stack makes the users. */
const madeForMinio = ['', '-receive', '-store', '-compactor', '-ruler'].map(
  (user) => `thanos-s3-config${user}`,
);

/** How the names of those begin that the chart, its operator and Helm make there. */
const madeByOthers =
  /^((prometheus|alertmanager)-kube-prometheus-stack-|kube-prometheus-stack-(admission|grafana)$|sh\.helm\.)/;

/** What must hold for the Secrets in the namespace `monitoring` that somebody else keeps. */
export function secretViolations(
  config: Pick<CentralConfig, 'objectStore' | 'ruler' | 'ingress'>,
): Violation[] {
  const { objectStore, ruler, ingress } = config;
  const ofBucket = objectStore.kind === 'existing' ? Object.entries(objectStore.secrets) : [];
  const named: [string, string | undefined][] = [
    ...ofBucket.map(([user, name]): [string, string | undefined] => [`objectStore.secrets.${user}`, name]),
    ...(ingress.tls.kind === 'secret'
      ? [['ingress.tls.secretName', ingress.tls.secretName] as [string, string]]
      : []),
  ];
  // With a certificate of yours, these two are not made.
  const made = [
    ...madeHere,
    ...(ingress.tls.kind === 'secret' ? [] : ['grafana-tls', 'thanos-query-tls']),
    ...(objectStore.kind === 'minio' ? madeForMinio : []),
  ];
  const missing = objectStore.kind === 'existing' && ruler.enabled && objectStore.secrets.ruler === undefined;
  return [
    ...named
      .filter(([, name]) => name !== undefined && (made.includes(name) || madeByOthers.test(name)))
      .map(([key, name]) => ({
        key,
        found: name,
        allowed: `a Secret of yours, none that this stack (${made.join(', ')}), its chart or Helm makes`,
        fix: 'Give yours another name: the stack would replace what is in it.',
      })),
    ...(missing
      ? [
          {
            key: 'objectStore.secrets.ruler',
            found: undefined,
            allowed: 'the name of a Kubernetes object, as long as ruler.enabled is true',
            fix: 'Set it in the stack file.',
          },
        ]
      : []),
  ];
}

/** Where nobody answers, or not in this way: the port of the one protocol with the other. */
export function endpointViolations({ objectStore }: Pick<CentralConfig, 'objectStore'>): Violation[] {
  const { endpoint, insecure } = objectStore;
  const port = endpoint.split(':')[1];
  if (port !== (insecure ? '443' : '80')) return [];
  return [
    {
      key: 'objectStore.insecure',
      found: String(insecure),
      allowed: insecure
        ? 'false with port 443, where TLS is spoken'
        : 'true with port 80, where nobody speaks TLS',
      fix: `Correct objectStore.endpoint (${endpoint}) or this key.`,
    },
  ];
}

/** An object store that each pod would look for in itself. */
export const unreachableStore = ({
  objectStore: { endpoint },
}: Pick<CentralConfig, 'objectStore'>): Violation[] =>
  isLoopback(endpoint.split(':')[0] ?? '')
    ? [
        {
          key: 'objectStore.endpoint',
          found: endpoint,
          allowed: 'a host that pods reach: this one is each pod itself',
          fix: 'Name the host as the network has it, or say in acceptedRisks why no pod goes there.',
        },
      ]
    : [];
