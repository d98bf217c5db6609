import { parse } from 'yaml';
import { archiveFiles } from '../../components/prometheus-stack/chart-archive';

/**
 * What a chart understands: the defaults of its values.yaml (with its subcharts' below their names), and its
 * templates.
 */
export interface ChartContents {
  defaults: Values;
  /** Texts of the templates, by chart: '' is the chart itself, else the subchart's name. */
  templates: Readonly<Record<string, string>>;
}

type Values = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Maps that the charts pass on whole: their keys are Kubernetes' and Grafana's, and values.yaml only begins
 * them.
 */
const passedOn = new Set(['securityContext', 'containerSecurityContext', 'grafana.ini']);

/**
 * Paths of values that a chart does not know; Helm ignores such values without a word.
 *
 * A path is known when values.yaml has it, or holds an empty map or nothing above it (a free-form value), or
 * when a template of the chart reads it literally: some values stand in values.yaml only as comments.
 */
export function unknownValues(values: object, chart: ChartContents): string[] {
  return Object.entries(values).flatMap(([key, value]: [string, unknown]) => {
    const own = chart.templates[key] === undefined;
    return unknownBelow(value, chart.defaults[key], {
      // A subchart reads its values without its own name in front, the parent chart with it.
      templates: own
        ? [['', chart.templates['']]]
        : [
            ['', chart.templates['']],
            [key, chart.templates[key]],
          ],
      path: [key],
      known: key in chart.defaults,
    });
  });
}

interface Place {
  templates: [prefix: string, text: string | undefined][];
  path: string[];
  known: boolean;
}

function unknownBelow(value: unknown, standard: unknown, place: Place): string[] {
  if (!place.known) return isRead(place) ? [] : [place.path.join('.')];
  if (passedOn.has(place.path.at(-1) ?? '')) return [];
  if (!isMap(value) || !isMap(standard) || Object.keys(standard).length === 0) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    unknownBelow(inner, standard[key], {
      ...place,
      path: [...place.path, key],
      known: key in standard,
    }),
  );
}

/** Whether a template mentions the value, as in `.Values.persistence.storageClassName`. */
function isRead({ templates, path }: Place): boolean {
  return templates.some(([prefix, text]) => {
    const relative = prefix === '' ? path : path.slice(1);
    return new RegExp(`\\.Values\\.${relative.map(escaped).join('\\.')}\\b`).test(text ?? '');
  });
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Reads what a chart understands out of its archive. */
export function chartContents(archive: string, name: string): ChartContents {
  const files = archiveFiles(archive, (file) => /\/(values\.yaml|templates\/.*)$/.test(file));
  const subcharts = [...files.keys()].flatMap(
    (file) => /^[^/]+\/charts\/([^/]+)\/values\.yaml$/.exec(file)?.[1] ?? [],
  );
  const defaultsOf = (folder: string) => parse(files.get(`${folder}/values.yaml`) ?? '') as Values;
  const templatesOf = (folder: string) =>
    [...files]
      .filter(([file]) => file.startsWith(`${folder}/templates/`))
      .map(([, text]) => text)
      .join('\n');
  const own = defaultsOf(name);
  return {
    defaults: {
      ...own,
      ...Object.fromEntries(
        subcharts.map((sub) => [sub, merged(defaultsOf(`${name}/charts/${sub}`), own[sub])]),
      ),
    },
    templates: {
      '': templatesOf(name),
      ...Object.fromEntries(subcharts.map((sub) => [sub, templatesOf(`${name}/charts/${sub}`)])),
    },
  };
}

/** The parent's defaults for a subchart over the subchart's own, as Helm merges them. */
function merged(lower: unknown, upper: unknown): unknown {
  if (!isMap(lower) || !isMap(upper)) return upper ?? lower;
  const keys = [...new Set([...Object.keys(lower), ...Object.keys(upper)])];
  return Object.fromEntries(keys.map((key) => [key, merged(lower[key], upper[key])]));
}
