import type { Deployment } from '../../../tools/render/registered';

/**
 * A change to one resource of the central stack: its type and name, the path of what is changed, and to what.
 *
 * Keys of the path are separated by blanks, since those of labels hold dots and slashes. Undefined removes.
 */
export type Fault = [type: string, name: string, path: string, value: unknown];

/** Something that holds in every stack, and a proof that the check could fail. */
export interface Invariant {
  promise: string;
  /** What breaks it, in words. */
  problems: (deployment: Deployment) => string[];
  fault: Fault;
  /** Beginning of what is said of the fault. */
  said: string;
}

/** Paths to the pod template of a workload. */
export const template = 'inputs spec template';
export const pod = `${template} spec`;
export const container = `${pod} containers 0`;

/** Type tokens. */
export const apps = 'kubernetes:apps/v1';
export const core = 'kubernetes:core/v1';
export const networking = 'kubernetes:networking.k8s.io/v1';
export const release = 'kubernetes:helm.sh/v3:Release';
