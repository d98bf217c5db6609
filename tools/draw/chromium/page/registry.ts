import {
  FieldConfigOptionsRegistry,
  standardFieldConfigEditorRegistry,
  standardTransformers,
  standardTransformersRegistry,
  type FieldConfigPropertyItem,
  type FieldConfigSource,
} from '@grafana/data';

/*
 * Grafana's core tells its data package which properties a field has and which transformations there are,
 * each with its editor. A drawing needs neither editors nor checks, only that a property is known by its
 * name: what is not known is left out silently.
 */

const standard = [
  'unit',
  'min',
  'max',
  'decimals',
  'displayName',
  'noValue',
  'thresholds',
  'mappings',
  'links',
  'color',
  'filterable',
  'fieldMinMax',
];

const property = (id: string, path: string, isCustom: boolean): FieldConfigPropertyItem => ({
  id,
  path,
  name: id,
  isCustom,
  process: (value: unknown) => value,
  shouldApply: () => true,
  override: () => null,
  editor: () => null,
  settings: {},
});

const standardProperties = () => standard.map((id) => property(id, id, false));

/** To be called once, before anything is drawn. */
export function registerAll(): void {
  standardFieldConfigEditorRegistry.setInit(standardProperties);
  // Some have an older name besides, which the registry would refuse.
  const transformers = new Map(Object.values(standardTransformers).map((each) => [each.id, each]));
  standardTransformersRegistry.setInit(() =>
    [...transformers.values()].map((transformer) => ({
      id: transformer.id,
      name: transformer.name,
      transformation: () => Promise.resolve(transformer),
      editor: () => null,
      imageDark: '',
      imageLight: '',
    })),
  );
}

/** The properties of a kind of panel: those that a panel's configuration itself names. */
export function propertiesOf({ defaults, overrides }: FieldConfigSource): FieldConfigOptionsRegistry {
  const custom = new Set([
    ...Object.keys(defaults.custom ?? {}),
    ...overrides.flatMap(({ properties }) =>
      properties.flatMap(({ id }) => (id.startsWith('custom.') ? [id.slice('custom.'.length)] : [])),
    ),
  ]);
  return new FieldConfigOptionsRegistry(() => [
    ...standardProperties(),
    ...[...custom].map((path) => property(`custom.${path}`, path, true)),
  ]);
}
