import { leaves, objectName, ofKind } from '../manifest';
import { shown, type Policy } from '../policy';
import { containers, workloads } from '../workloads';

/** A registry and path, then the tag of a version, the digest of the content, or both. */
const tagged = /^[a-z0-9.-]+(:\d+)?\/[a-z0-9._/-]+:v?\d[\w.-]*(@sha256:[0-9a-f]{64})?$/;
const digested = /^[a-z0-9.-]+(:\d+)?\/[a-z0-9._/-]+(:[\w.-]+)?@sha256:[0-9a-f]{64}$/;

const isPinned = (image: unknown): boolean =>
  typeof image === 'string' && (tagged.test(image) || digested.test(image));

interface Release {
  version?: string;
  values?: unknown;
}

const release = 'Release';

export const imagePinned: Policy = {
  name: 'image-pinned',
  description: 'Every image has a registry and a tag that names a version, or a digest.',
  reason:
    'What runs would change with the registry, not with a commit, and a node that pulls again runs something else.',
  remedy: 'Write REGISTRY/PATH:VERSION or REGISTRY/PATH@sha256:DIGEST.',
  scope: 'object',
  facts: ['configReloader'],
  check: (manifests, { configReloader }) => {
    const allowed = 'REGISTRY/PATH:VERSION or REGISTRY/PATH@sha256:DIGEST';
    const ofPods = workloads(manifests, configReloader).flatMap((workload) =>
      containers(workload)
        .filter(({ container }) => !isPinned(container.image))
        .map(({ container, field }) => ({
          object: workload.object,
          field: `${field}.image`,
          found: shown(container.image),
          allowed,
        })),
    );
    const ofValues = ofKind<Release>(manifests, release).flatMap((manifest) =>
      leaves(manifest.spec.values ?? {}, 'values').flatMap(({ path, leaf }) => {
        const key = /(?:^|\.)(image|tag)$/.exec(path)?.[1];
        const well = key === undefined || (key === 'image' ? isPinned(leaf) : /^v?\d/.test(shown(leaf)));
        return well
          ? []
          : [
              {
                object: objectName(manifest),
                field: path,
                found: shown(leaf),
                allowed: key === 'image' ? allowed : 'the tag of a version',
              },
            ];
      }),
    );
    return [...ofPods, ...ofValues];
  },
};

export const imageRepository: Policy = {
  name: 'image-repository',
  description: 'Every image comes from a repository that is allowed by name.',
  reason:
    'A registry that nobody chose can hand out any program, and a cluster behind a mirror cannot pull from it.',
  remedy:
    'Take the image from an allowed repository, or allow its own, `REGISTRY/PATH/`, in the same review.',
  scope: 'object',
  facts: ['configReloader', 'repositories'],
  check: (manifests, { configReloader, repositories }) =>
    workloads(manifests, configReloader).flatMap((workload) =>
      containers(workload)
        .filter(({ container: { image = '' } }) => !repositories.some((allowed) => image.startsWith(allowed)))
        .map(({ container, field }) => ({
          object: workload.object,
          field: `${field}.image`,
          found: shown(container.image),
          allowed: repositories.length > 0 ? repositories.join(', ') : 'none is allowed',
        })),
    ),
};

export const chartPinned: Policy = {
  name: 'chart-pinned',
  description: 'Every Helm release names one version of its chart.',
  reason: 'A range, or none, is whatever the registry has that day: the same commit deploys something else.',
  remedy: 'Write the version in full, MAJOR.MINOR.PATCH.',
  scope: 'object',
  facts: [],
  check: (manifests) =>
    ofKind<Release>(manifests, release)
      .filter(({ spec }) => !/^v?\d+\.\d+\.\d+$/.test(spec.version ?? ''))
      .map((manifest) => ({
        object: objectName(manifest),
        field: 'version',
        found: shown(manifest.spec.version),
        allowed: 'MAJOR.MINOR.PATCH',
      })),
};
