import { Quantity } from '../../config/units';
import { objectName, ofKind, type Manifest } from '../manifest';
import { operatedStatefulSet } from '../operator';
import { shown, type Policy } from '../policy';

interface Claim {
  metadata?: { name?: string };
  spec?: { resources?: { requests?: { storage?: string } } };
}

interface StatefulSet {
  volumeClaimTemplates?: Claim[];
  persistentVolumeClaimRetentionPolicy?: Record<string, string>;
}

/** Every StatefulSet, also those of the operator, with the object by which findings call it. */
const statefulSets = (manifests: readonly Manifest[]) =>
  manifests.flatMap((manifest) => {
    const operated = operatedStatefulSet(manifest);
    if (!operated && manifest.kind !== 'StatefulSet') return [];
    return [
      {
        object: objectName(manifest),
        at: operated ? 'StatefulSet.spec' : 'spec',
        spec: (operated ?? manifest).spec as StatefulSet,
      },
    ];
  });

const keep = 'helm.sh/resource-policy';

export const volumeKept: Policy = {
  name: 'volume-kept',
  description: 'Volumes stay when what uses them is deleted or scaled in.',
  reason: 'What was not uploaded yet is in the volume alone.',
  remedy: `Set persistentVolumeClaimRetentionPolicy to Retain; a claim of a chart needs the annotation ${keep}: keep.`,
  scope: 'object',
  facts: [],
  check: (manifests) => [
    ...statefulSets(manifests)
      .filter(({ spec }) => (spec.volumeClaimTemplates ?? []).length > 0)
      .flatMap(({ object, at, spec }) =>
        ['whenDeleted', 'whenScaled'].flatMap((when) => {
          const found = spec.persistentVolumeClaimRetentionPolicy?.[when];
          const field = `${at}.persistentVolumeClaimRetentionPolicy.${when}`;
          return found === 'Retain' ? [] : [{ object, field, found: shown(found), allowed: 'Retain' }];
        }),
      ),
    ...ofKind(manifests, 'PersistentVolumeClaim')
      .filter(({ metadata: { labels } }) => labels?.['helm.sh/chart'] !== undefined)
      .filter(({ metadata: { annotations } }) => annotations?.[keep] !== 'keep')
      .map((manifest) => ({
        object: objectName(manifest),
        field: `metadata.annotations["${keep}"]`,
        found: shown(manifest.metadata.annotations?.[keep]),
        allowed: 'keep',
      })),
  ],
};

/** The size of every claim, by object and field. */
function sizes(manifests: readonly Manifest[]): { object: string; field: string; size: string }[] {
  const size = (object: string, field: string, { spec }: Claim) => {
    const storage = spec?.resources?.requests?.storage;
    return storage === undefined ? [] : [{ object, field, size: storage }];
  };
  return [
    ...statefulSets(manifests).flatMap(({ object, at, spec }) =>
      (spec.volumeClaimTemplates ?? []).flatMap((claim) =>
        size(object, `${at}.volumeClaimTemplates[${claim.metadata?.name ?? ''}]`, claim),
      ),
    ),
    ...ofKind(manifests, 'PersistentVolumeClaim').flatMap((manifest) =>
      size(objectName(manifest), 'spec.resources.requests.storage', manifest as Claim),
    ),
  ];
}

export const volumeNeverSmaller: Policy = {
  name: 'volume-never-smaller',
  description: 'No volume is smaller than it is deployed.',
  reason:
    'Kubernetes never makes a volume smaller: the change is refused halfway, or makes the object anew without its data.',
  remedy: 'Leave the size, or move the data to a volume of another name.',
  scope: 'stack',
  facts: ['deployed'],
  check: (manifests, { deployed = [] }) => {
    const before = new Map(sizes(deployed).map(({ object, field, size }) => [`${object} ${field}`, size]));
    return sizes(manifests).flatMap(({ object, field, size }) => {
      const was = before.get(`${object} ${field}`);
      return was === undefined || Quantity.parse(size).bytes >= Quantity.parse(was).bytes
        ? []
        : [{ object, field, found: size, allowed: `${was}, as deployed, or more` }];
    });
  },
};
