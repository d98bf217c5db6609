import { objectLabels, selectorLabels, type Labels } from '../foundation/labels';
import { Duration } from '../../config/units';

/** What every Thanos role needs to know of the stack. */
export interface ThanosArgs {
  namespace: string;
  /** DNS domain of the cluster itself, such as `cluster.local`. */
  clusterDomain: string;
  /** The full image reference, with its tag. */
  image: string;
}

/** One Thanos component as this project deploys it: the name of its objects, and what selects its pods. */
export interface Role {
  name: string;
  selector: Labels;
}

/** @param part the component's part in the whole, as Thanos' own manifests call it */
export const role = (name: string, part: string): Role => ({ name, selector: selectorLabels(name, part) });

/** Ports that every role listens on, and the names that Services and SRV records give them. */
export const ports = { grpc: 10901, http: 10902 } as const;

/** Port of the HTTP API of Query and of query-frontend: Prometheus' own, which people and Grafana expect. */
export const queryPort = 9090;

/**
 * Flags that every role takes: logs that a collector can parse, and a memory limit for Go's garbage collector at 90 % of
 * the container's, so that it works harder before the kernel kills the process.
 */
export const commonFlags = ['--log.format=json', '--enable-auto-gomemlimit'];

/** Thanos waits up to 2 minutes for requests in flight, first those of HTTP, then those of gRPC; one more to exit. */
export const terminationGrace = Duration.parse('5m');

/** Long enough for a role that has nothing to read at its start, on a node that is busy starting everything else. */
export const quickStartup = Duration.parse('2m');

/** The checks that Thanos answers on its HTTP port. */
export const httpChecks = {
  live: { httpGet: { path: '/-/healthy', port: 'http' } },
  ready: { httpGet: { path: '/-/ready', port: 'http' } },
};

/** The image's tag, as the label `app.kubernetes.io/version` shows it. */
export const imageVersion = (image: string): string => /:([\w][\w.-]*)(?:@|$)/.exec(image)?.[1] ?? 'unknown';

/** Labels of a role's pods and objects. */
export const roleLabels = ({ selector }: Role, { image }: ThanosArgs) =>
  objectLabels(selector, imageVersion(image));

/** @param name of the object, where a role has more than one of a kind */
export const metadata = (of: Role, args: ThanosArgs, name = of.name) => ({
  name,
  namespace: args.namespace,
  labels: roleLabels(of, args),
});
