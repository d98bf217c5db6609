import type { Manifest } from './manifest';
import type { ConfigReloader } from './operator';
import type { Pod } from './pod';

/** What policies must be told, since no manifest says it. Nothing told is nothing allowed. */
export interface Facts {
  /** Beginnings of the image references that are allowed, such as `quay.io/thanos/`. */
  repositories: readonly string[];
  /** What may be reached from outside: hosts of Ingresses, and Services as `Service namespace/name`. */
  exposed: readonly string[];
  /** The bucket, and which of its users may write, and which delete. */
  bucket: { name: string; writers: readonly string[]; deleters: readonly string[] };
  /** Pods that are there and whose manifests are not among those that are judged. */
  otherPods: readonly Pod[];
  /** The container that Prometheus' operator puts beside what it makes; not judged where it is not known. */
  configReloader?: ConfigReloader | undefined;
  /** Texts that are secrets. */
  secrets: ReadonlySet<string>;
  /** The manifests that are deployed, where volumes are compared. */
  deployed?: readonly Manifest[] | undefined;
}

export const nothingTold: Facts = {
  repositories: [],
  exposed: [],
  bucket: { name: '', writers: [], deleters: [] },
  otherPods: [],
  secrets: new Set(),
};

/** One place where a policy does not hold. */
export interface Finding {
  /** `Kind namespace/name`. */
  object: string;
  /** Path of the field, `spec.template.spec.containers[thanos-query].image`; '' where none is to blame. */
  field: string;
  found: string;
  allowed: string;
}

/** A rule over manifests, whoever made them. */
export interface Policy {
  name: string;
  /** What holds, in one sentence. */
  description: string;
  /** What happens where it does not. */
  reason: string;
  /** What to do about a finding. */
  remedy: string;
  /** Whether it judges each object by itself, or needs all that are deployed together. */
  scope: 'object' | 'stack';
  /** The facts that it asks for. */
  facts: readonly (keyof Facts)[];
  check: (manifests: readonly Manifest[], facts: Facts) => Finding[];
}

/** How a field that is not there is called in a finding. */
export const missing = 'missing';

/** A value as a finding shows it. */
export const shown = (value: unknown): string =>
  value === undefined || value === null ? missing : typeof value === 'string' ? value : JSON.stringify(value);
