import { centralContainers, edgeContainers, type Sized } from '../../capacity/containers';
import { containers, workloads } from '../../policy/workloads';
import { reloaderOf } from '../../policy/operator';
import type { Manifest } from '../../policy/manifest';

/** The list that a stack's containers must stand in. */
export const listOf = (stack: string): Readonly<Record<string, Sized>> =>
  stack === 'cluster-01' ? centralContainers : edgeContainers;

/** Containers of manifests, each once, by name. */
export const containerNames = (manifests: readonly Manifest[]): string[] => [
  ...new Set(
    workloads(manifests, reloaderOf(manifests)).flatMap((workload) =>
      containers(workload).map(({ container }) => container.name),
    ),
  ),
];

/** Containers that have neither a sum nor a reason, as sentences. */
export const unsized = (stack: string, manifests: readonly Manifest[]): string[] =>
  containerNames(manifests)
    .filter((name) => !(name in listOf(stack)))
    .map(
      (name) =>
        `${stack}: the container ${name} has neither a sum nor a reason: add it to capacity/containers.ts`,
    );
