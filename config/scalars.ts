import { z } from 'zod';
import { Cpu, Duration, Quantity, UnitError } from './units';

/**
 * A custom zod issue whose message is what is allowed, or what the parser says beyond it; `errors.ts` adds
 * the key and the value found.
 */
const parsed = <T>(parse: (text: string) => T, allowed: string) =>
  z.string({ error: allowed }).transform((text, context) => {
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof UnitError)) throw error;
      const message = error.message.startsWith(allowed) ? error.message : allowed;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
  });

/** What an amount may be, and why, as the end of a sentence. */
interface Range {
  least?: string;
  most?: string;
  why?: string;
}

/** A value with a unit, within bounds that are written as it is. */
const bounded = <T>(parse: (text: string) => T, size: (value: T) => number, allowed: string) =>
  function within({ least, most, why }: Range = {}) {
    const [smallest, largest] = [least, most].map((text) =>
      text === undefined ? undefined : size(parse(text)),
    );
    const ends = [allowed, least && `at least ${least}`, most && `at most ${most}`].filter((part) => part);
    const message = `${ends.join(', ')}${why === undefined ? '' : `: ${why}`}`;
    return parsed((text) => {
      const found = parse(text);
      if (size(found) < (smallest ?? 0) || size(found) > (largest ?? Infinity)) throw new UnitError(message);
      return found;
    }, message);
  };

export const quantity = bounded(
  (text) => Quantity.parse(text),
  ({ bytes }) => bytes,
  Quantity.allowed,
);
export const duration = bounded(
  (text) => Duration.parse(text),
  ({ seconds }) => seconds,
  Duration.allowed,
);

/** A time to wait, which may be none. */
export const wait = () =>
  parsed((text) => (/^0(ms|s|m|h)$/.test(text) ? Duration.zero : Duration.parse(text)), Duration.allowed);

/** Cores of a container: no node has more. */
export const cpu = () => cores({ most: '1000' });
const cores = bounded(
  (text) => Cpu.parse(text),
  ({ millicores }) => millicores,
  Cpu.allowed,
);

/** What no machine has more of. */
export const largest = { memory: '16Ti', volume: '64Ti' } as const;

/** A volume: below, a unit is missing; above, no provider has one. */
export const volume = () => quantity({ least: '64Mi', most: largest.volume });

/** Memory of a container: below, not even a shell starts; above, no node has it. */
export const memory = () => quantity({ least: '8Mi', most: largest.memory });

/** A cache in memory. */
export const cache = () => quantity({ least: '1Mi', most: largest.memory });

const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';

/**
 * A cluster's name: tenant, certificate name and part of Kubernetes object names, so a DNS label (RFC 1123).
 */
export const clusterName = () =>
  z
    .string({ error: 'a DNS label' })
    .regex(
      new RegExp(`^${label}$`),
      'a DNS label: lower-case ASCII letters, digits and inner hyphens, at most 63',
    );

/** A DNS name of at least two labels. @param most its longest, where names of hosts are made of it */
export const hostname = (most = 253) =>
  z
    .string({ error: 'a DNS name' })
    .max(most, `a DNS name of at most ${most} characters`)
    .regex(
      new RegExp(`^${label}(\\.${label})+$`),
      'a DNS name in lower-case ASCII such as grafana.example.org',
    )
    // An address with a name before it is no name that a resolver or an Ingress takes for one.
    .refine((text) => !/\.\d+$/.test(text), 'a DNS name, no address, such as grafana.example.org');

/** A name that needs no quotes in PromQL. */
export const metricNamePattern = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

export const metricName = () =>
  z
    .string({ error: 'the name of a metric' })
    .regex(metricNamePattern, 'the name of a metric (ASCII letters, digits, _ and :)');

export const count = (least: number, most = 1000) =>
  z
    .int({ error: `a whole number from ${least} to ${most}` })
    .min(least, `a whole number from ${least} to ${most}`)
    .max(most, `a whole number from ${least} to ${most}`);

/** The number of a port that a network policy lets something out to. */
export const port = () => count(1, 65_535);

/** Upper bounds of amounts, for the configuration and for the commands that plan with others. */
export const bounds = {
  /** Active series of a cluster; it only catches a slip of the keyboard. */
  series: 100_000_000,
  /**
   * Each edge's issuer is named in every TLS handshake, whose list ends at 64 KiB: 450 names of 63 letters.
   */
  edges: 400,
  ingestors: 50,
} as const;

export const series = () => count(1000, bounds.series);

/** The name of a Kubernetes object that exists already. */
export const objectName = () =>
  z
    .string({ error: 'the name of a Kubernetes object' })
    .regex(
      new RegExp(`^${label}(\\.${label})*$`),
      'the name of a Kubernetes object (RFC 1123 subdomain: lower-case ASCII letters, digits, - and .)',
    );

/** The name of a namespace: a DNS label. */
export const namespaceName = () =>
  z
    .string({ error: 'the name of a namespace' })
    .regex(
      new RegExp(`^${label}$`),
      'the name of a namespace: lower-case ASCII letters, digits and inner hyphens, at most 63',
    );

/**
 * Safeguards that are turned off, by key, each with its reason: nobody can turn one off without saying why.
 *
 * @param keys those that may be
 */
export const reasons = <Key extends string>(keys: readonly [Key, ...Key[]]) =>
  z
    .partialRecord(
      z.enum(keys, { error: `one of ${keys.join(', ')}` }),
      z
        .string({ error: 'the reason' })
        .refine((text) => text.trim().length >= 10, 'the reason, in at least 10 characters'),
    )
    .default({});

const leaf = <T extends z.ZodType>(type: T, value: z.input<T>) => type.prefault(value as never);

/** Requests and limits of one container, `request/limit`. */
export interface Resources {
  requests: { cpu: Cpu; memory: Quantity };
  limits: { cpu: Cpu; memory: Quantity };
}

/**
 * Container resources in Kubernetes' own shape; every leaf has a default, so that a stack file changes only
 * what differs.
 *
 * @param cpus request and limit of CPU
 * @param bytes request and limit of memory
 */
export const resources = (cpus: [string, string], bytes: [string, string]) =>
  z
    .strictObject({
      requests: z.strictObject({ cpu: leaf(cpu(), cpus[0]), memory: leaf(memory(), bytes[0]) }).prefault({}),
      limits: z.strictObject({ cpu: leaf(cpu(), cpus[1]), memory: leaf(memory(), bytes[1]) }).prefault({}),
    })
    .prefault({});

/** Requests and limits as a container's spec takes them. */
export interface ContainerResources {
  requests: { cpu: string; memory: string };
  limits: { cpu: string; memory: string };
}

export const kubernetesResources = ({ requests, limits }: Resources): ContainerResources => ({
  requests: { cpu: requests.cpu.kubernetes, memory: requests.memory.kubernetes },
  limits: { cpu: limits.cpu.kubernetes, memory: limits.memory.kubernetes },
});
