import { receiversSecret } from '../components/prometheus-stack/alertmanager-secret-files';
import type { CentralConfig } from '../config/central';
import type { Violation } from '../config/errors';

/** Secrets that the stack makes itself in the namespace `monitoring`: one of yours may not be called so. */
const madeHere = [
  'grafana-admin',
  'thanos-receiver-tls',
  'thanos-query-frontend-credentials',
  'thanos-query-frontend-web',
  receiversSecret,
];

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
  const made = ingress.tls.kind === 'secret' ? madeHere : [...madeHere, 'grafana-tls', 'thanos-query-tls'];
  const missing = objectStore.kind === 'existing' && ruler.enabled && objectStore.secrets.ruler === undefined;
  return [
    ...named
      .filter(([, name]) => name !== undefined && made.includes(name))
      .map(([key, name]) => ({
        key,
        found: name,
        allowed: `a Secret of yours, none that this stack makes (${made.join(', ')})`,
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
