import { isIP } from 'node:net';
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

export const quantity = () => parsed((text) => Quantity.parse(text), Quantity.allowed);
export const cpu = () => parsed((text) => Cpu.parse(text), Cpu.allowed);

/** A duration, within bounds that are written as durations are. */
export const duration = ({ least, most }: { least?: string; most?: string } = {}) => {
  const [shortest, longest] = [least, most].map((text) =>
    text === undefined ? undefined : Duration.parse(text),
  );
  const allowed = [Duration.allowed, least && `at least ${least}`, most && `at most ${most}`]
    .filter((part) => part)
    .join(', ');
  return parsed((text) => {
    const found = Duration.parse(text);
    if (found.seconds < (shortest?.seconds ?? 0) || found.seconds > (longest?.seconds ?? Infinity))
      throw new UnitError(allowed);
    return found;
  }, allowed);
};

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

/** A DNS name of at least two labels. */
export const hostname = () =>
  z
    .string({ error: 'a DNS name' })
    .max(253, 'a DNS name of at most 253 characters')
    .regex(
      new RegExp(`^${label}(\\.${label})+$`),
      'a DNS name in lower-case ASCII such as grafana.example.org',
    );

/**
 * A value of the labels `cluster` and `environment`. It stands between quotes in expressions, and in labels
 * of alerts, which are templates.
 */
export const labelValue = () =>
  z
    .string({ error: 'a label value' })
    .min(1, 'a label value of at least one character')
    .regex(
      /^[^"\\{}\p{Cc}\p{Cs}]*$/u,
      'a label value without quotes, backslashes, braces and control characters',
    );

/** Whether a number is that of a TCP port that something can listen on. */
export const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65_535;

/** A name that needs no quotes in PromQL. */
export const metricNamePattern = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

export const metricName = () =>
  z
    .string({ error: 'the name of a metric' })
    .regex(metricNamePattern, 'the name of a metric (ASCII letters, digits, _ and :)');

export const ipAddress = () =>
  z
    .string({ error: 'an IPv4 address' })
    .refine((text) => isIP(text) === 4, 'an IPv4 address such as 192.168.101.210');

export const cidr = () =>
  z.string({ error: 'an IPv4 network' }).refine((text) => {
    const [address = '', bits = ''] = text.split('/');
    return isIP(address) === 4 && /^\d{1,2}$/.test(bits) && Number(bits) <= 32;
  }, 'an IPv4 network such as 192.168.101.0/24');

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

/**
 * Safeguards that are turned off, by key, each with its reason: nobody can turn one off without saying why.
 *
 * @param keys those that may be
 */
export const reasons = <Key extends string>(keys: readonly [Key, ...Key[]]) =>
  z
    .partialRecord(
      z.enum(keys, { error: `one of ${keys.join(', ')}` }),
      z.string({ error: 'the reason' }).min(10, 'the reason, in at least 10 characters'),
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
 * @param cores request and limit of CPU
 * @param memory request and limit of memory
 */
export const resources = (cores: [string, string], memory: [string, string]) =>
  z
    .strictObject({
      requests: z
        .strictObject({ cpu: leaf(cpu(), cores[0]), memory: leaf(quantity(), memory[0]) })
        .prefault({}),
      limits: z
        .strictObject({ cpu: leaf(cpu(), cores[1]), memory: leaf(quantity(), memory[1]) })
        .prefault({}),
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
