import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { checkedConfig } from '../../checks/config';
import { manifestOf, type Manifest } from '../../policy/manifest';
import type { Facts } from '../../policy/policy';
import { readGiven } from '../command-line';
import { deployFleet } from '../render/fleet';
import { readLast } from '../render/last-outputs';
import { readStackFiles } from '../render/stack-file';
import { factsOf } from './facts';
import { chartManifests, type Release } from './helm';
import { manifestsOf, releasesIn } from './manifests';

/** A stack as policies judge it. */
export interface JudgedStack {
  stack: string;
  ours: Manifest[];
  /** What its charts make; undefined where they are not at hand. */
  chart: Manifest[] | undefined;
  facts: Facts;
}

/**
 * Renders stacks, and their charts where these are at hand.
 *
 * @param charts folder of the charts' archives
 * @param last folder of earlier renders, with whose volumes these are compared
 * @throws FleetError, StackFileError, UserError, or what a program throws
 */
export async function judgedStacks(
  paths: readonly string[],
  { charts, last }: { charts?: string | undefined; last?: string | undefined },
): Promise<JudgedStack[]> {
  const files = readStackFiles(paths);
  // Whatever is no render is refused before anything runs.
  if (last !== undefined) readLast('--last', last);
  const deployments = await deployFleet(files);
  const templates = charts === undefined ? undefined : templatesOf(charts);
  const made = (manifests: readonly Manifest[]) => templates && releasesIn(manifests).flatMap(templates);
  return files.map((file, i): JudgedStack => {
    const deployment = deployments[i];
    if (!deployment) throw new Error(`${file.path}: not rendered`);
    const ours = manifestsOf(deployment);
    const chart = made(ours);
    const before = last === undefined ? undefined : renderedBefore(last, file.stack);
    const deployed = before && [...before, ...(made(before) ?? [])];
    const known = { ours, ...(chart && { chart }), ...(deployed && { deployed }) };
    const facts = factsOf(checkedConfig(file), known, deployment.secrets);
    return { stack: file.stack, ours, chart, facts };
  });
}

/** What charts make of releases; asked twice for the same, once. */
function templatesOf(charts: string): (release: Release) => Manifest[] {
  const known = new Map<string, Manifest[]>();
  return (release) => {
    const { name, namespace, chart, values } = release;
    const key = JSON.stringify([name, namespace, chart, values]);
    const manifests = known.get(key) ?? chartManifests(charts, release);
    known.set(key, manifests);
    return manifests;
  };
}

/** The manifests in an earlier render of a stack; none where it is new. */
function renderedBefore(folder: string, stack: string): Manifest[] {
  const path = join(folder, `${stack}.yaml`);
  if (!existsSync(path)) return [];
  return [...parseAllDocuments(readGiven('--last', path))]
    .map(
      (document) =>
        (document.toJS() ?? {}) as { type?: string; name?: string; inputs?: Record<string, unknown> },
    )
    .flatMap(({ type, name, inputs }) =>
      type !== undefined && name !== undefined && inputs ? [manifestOf(type, name, inputs)] : [],
    );
}
