import { kindOf, title } from './change-items';
import { code, counted, nameList, shortened, valueText, type Limits } from './markdown';
import type { Section } from './sections';
import { pathOf, type ResourceChange } from './stack-changes';

/** What is lost with a resource of a type. */
const holds: readonly (readonly [types: RegExp, loss: string])[] = [
  [
    /:StatefulSet$/,
    'its pods all end; its claims stay, and the new one takes those of the same name and size',
  ],
  [/:PersistentVolume(Claim)?$/, 'what is on the volume is lost'],
  [/:S3Bucket$/, 'all blocks in it are lost, or are no longer found'],
  [/^tls:/, 'whoever trusts or presents the old one is refused until both sides have the new one'],
  [/:Namespace$/, 'everything in it is deleted, volumes too'],
  [/:CustomResourceDefinition$/, 'every object of the kind is deleted'],
  [/:Release$/, 'all objects of the chart are deleted, CRDs and volumes as the chart says'],
  [/^random:/, 'whoever has the old password is refused'],
  [/:IamUser$/, 'whoever has the old key is refused'],
];

/**
 * Values of a chart that say how large a volume is or where: the operator makes its StatefulSet anew for
 * them.
 */
const chartVolume = /(^|\.)(volumeClaimTemplate|storageSpec|persistence|storage)(\.|\[|$)/;

/**
 * Sentences about what may destroy data or shut somebody out, for the top of the page; empty: nothing
 * does.
 */
export function warningsOf(sections: readonly Section[], limits: Limits): string[] {
  return sections.flatMap((section) => {
    const stacks = nameList(section.stacks, limits);
    if (section.kind === 'refused')
      return [`${stacks}: **refused**, so nothing of it can be deployed; the reason is below.`];
    if (section.kind === 'gone') {
      return [
        `${stacks}: the stack file is gone. That deletes nothing: what is deployed stays, unmanaged, until ${code('pulumi destroy')} is run with the old revision. That deletes what is listed below, but what is protected or retained.`,
      ];
    }
    if (section.kind !== 'changed') return [];
    return section.changes.flatMap(({ items, first }) => {
      const of = `${stacks}: ${title(first, limits)}${items.length > 1 ? ` and ${items.length - 1} more like it` : ''}`;
      return sentences(first, limits).map((sentence) => `${of} ${sentence}`);
    });
  });
}

function sentences(change: ResourceChange, limits: Limits): string[] {
  const loss = holds.find(([types]) => types.test(change.type))?.[1];
  const gone = change.kind === 'replaced' || change.kind === 'deleted';
  return [
    ...(gone && (loss !== undefined || change.protect) ? [fate(change, loss, limits)] : []),
    ...change.fields.flatMap((field) => {
      const path = pathOf(field.path);
      if (/^options\.(protect|retainOnDelete)$/.test(path) && field.after !== true) {
        return [
          `loses ${code(shortened(path, limits.value))}: the next change that deletes it deletes what it holds.`,
        ];
      }
      if (kindOf(change.type) !== 'Release' || !chartVolume.test(path)) return [];
      const [before, after] = [field.before, field.after].map((value) =>
        value === undefined ? 'nothing' : code(valueText(value, limits)),
      );
      return [`changes a volume of the chart, ${code(shortened(path, limits.value))}: ${before} → ${after}.`];
    }),
  ];
}

function fate(
  { kind, because, protect, retained }: ResourceChange,
  loss: string | undefined,
  limits: Limits,
): string {
  const why = because.length > 0 ? ` (${nameList(because, limits)})` : '';
  if (protect) {
    return `is **${kind}**${why}, but is protected: the engine refuses the whole deployment until ${code('protect')} is taken away.`;
  }
  const meaning = retained ? 'only forgotten by the stack: the old one stays where it is' : (loss ?? '');
  return `is **${kind}**${why}: ${meaning}.`;
}

/** A title for them, of how many. */
export const warningTitle = (count: number): string =>
  `${counted(count, 'thing')} to look at before this is merged`;
