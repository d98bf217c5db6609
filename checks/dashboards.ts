import { chartDashboards } from '../components/grafana/chart-dashboards';
import {
  configMapName,
  dashboardFolder,
  deployedJson,
  folderOfChart,
  ourFolder,
  type DashboardFile,
  type DashboardFolder,
} from '../components/grafana/dashboards';
import { shown, type Violation } from '../config/errors';

/** What an object of Kubernetes holds at most, less what stands around the dashboard in it. */
export const mostBytes = 2 ** 20 - 2 ** 12;

/** Of Grafana (pkg/util: IsValidShortUID, and the width of its database's column). */
const uidForm = /^[A-Za-z0-9_-]{1,40}$/;

/** A value as JSON has it, where nothing is said and nothing is meant are two things. */
const inJson = (value: unknown) => (value === null ? 'null' : shown(value));

/** A file with its uid and title, where it has them. */
interface Headed extends DashboardFile {
  head: { uid?: string; title?: string };
}

interface Fault extends Omit<Violation, 'key' | 'namespace' | 'found'> {
  found: string;
}

/**
 * What Grafana would not take, or would not show. A uid, or a title of a folder, that is there twice is the
 * worst: Grafana then imports no dashboard at all any more, and no metric says so (grafana/grafana#43530).
 */
export function dashboardViolations(
  { dashboards, others }: DashboardFolder = dashboardFolder(),
): Violation[] {
  // Ours first: of two that clash the other is the one to be changed.
  const files = dashboards
    .toSorted((a, b) => Number(b.folder === ourFolder) - Number(a.folder === ourFolder))
    .map((file) => ({ ...file, head: headOf(file.json) }));
  return [
    ...others.map(({ path, why }) =>
      violation(path, {
        found: `what ${why}`,
        allowed: 'FOLDER/NAME.json, and *.md beside it',
        fix: 'Move, rename or remove it: it would be deployed nowhere.',
      }),
    ),
    ...files.flatMap((file) => faultsOf(file).map((fault) => violation(pathOf(file), fault))),
    ...twice(files, 'uid', ({ head }) => head.uid),
    ...twice(files, 'title', ({ folder, head: { title = '' } }) =>
      title.trim() === '' ? undefined : `"${title.trim()}" in ${folder}`,
    ),
    ...twice(files, 'ConfigMap', configMapName),
  ];
}

const pathOf = ({ folder, name }: DashboardFile) => `${folder}/${name}.json`;

const violation = (key: string, fault: Fault): Violation => ({
  namespace: 'observability/dashboards',
  key,
  ...fault,
});

const faultsOf = (file: Headed): Fault[] => [
  ...folderFaults(file),
  ...(/^[a-z0-9][a-z0-9-]{0,99}$/.test(file.name)
    ? []
    : [
        {
          found: `the file name ${shown(file.name)}`,
          allowed: 'a-z, 0-9 and "-", at most 100',
          fix: 'Rename the file: it names a ConfigMap.',
        },
      ]),
  ...contentFaults(file),
];

function folderFaults({ folder, name, head }: Headed): Fault[] {
  const found = `the folder ${shown(folder)}`;
  const fix = 'Move it to another folder.';
  if (!/^[A-Za-z0-9][A-Za-z0-9 _-]{0,99}$/.test(folder))
    return [
      { found, allowed: 'letters, digits, blanks, "-" and "_", at most 100', fix: 'Rename the folder.' },
    ];
  if (folder.toLowerCase() === 'general')
    return [{ found, allowed: 'any that Grafana has not reserved', fix }];
  if (folder === folderOfChart) return [{ found, allowed: "any but the chart's own", fix }];
  if (folder === ourFolder && head.uid !== `monitoring-${name}`)
    return [{ found, allowed: 'there only what npm run dashboards builds', fix }];
  return [];
}

function contentFaults({ json }: Headed): Fault[] {
  let dashboard: unknown;
  try {
    dashboard = JSON.parse(json);
  } catch (error) {
    return [
      {
        found: `no JSON (${(error as Error).message})`,
        allowed: 'the JSON of one dashboard',
        fix: 'Mend it.',
      },
    ];
  }
  const other = otherForm(dashboard);
  if (other)
    return [{ ...other, allowed: 'the JSON model of a classic dashboard (v1), which has a list of panels' }];
  const { uid, title, __inputs: inputs } = dashboard as Record<string, unknown>;
  // Measured only where it may be too long: every preview comes here.
  const bytes = json.length < mostBytes / 4 ? 0 : Buffer.byteLength(deployedJson(json, 'https://runbooks'));
  const rules: [wrong: boolean, fault: Fault][] = [
    [
      typeof title !== 'string' || title.trim() === '',
      { found: `the title ${inJson(title)}`, allowed: 'a text', fix: 'Give it a title.' },
    ],
    [
      typeof uid !== 'string' || !uidForm.test(uid),
      {
        found: `the uid ${inJson(uid)}`,
        allowed: 'letters, digits, "-" and "_", 1 to 40',
        fix: 'Give it one that stays: links to the dashboard have it.',
      },
    ],
    [
      typeof uid === 'string' && Object.hasOwn(chartDashboards, uid),
      {
        found: `the uid ${shown(uid)} of a dashboard of kube-prometheus-stack`,
        allowed: 'one of its own',
        fix: 'Give the copy another uid.',
      },
    ],
    [
      Array.isArray(inputs) && inputs.length > 0,
      {
        found: '__inputs, an export for other Grafanas, whose datasources are to be filled in by hand',
        allowed: 'an export of this Grafana',
        fix: 'Remove __inputs, and put the uid "prometheus" in the place of ${DS_…}.',
      },
    ],
    [
      bytes > mostBytes,
      {
        found: `${bytes} bytes on one line`,
        allowed: `at most ${mostBytes}: a ConfigMap holds no more`,
        fix: 'Divide it.',
      },
    ],
  ];
  return rules.flatMap(([wrong, fault]) => (wrong ? [fault] : []));
}

/** What people have who copy something else than the JSON model; undefined: it is one. */
function otherForm(value: unknown): Omit<Fault, 'allowed'> | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return { found: Array.isArray(value) ? 'a list' : inJson(value), fix: 'Take one dashboard.' };
  const { panels, dashboard, spec } = value as Record<string, unknown>;
  if (Array.isArray(panels)) return undefined;
  if (isObject(dashboard))
    return { found: "an answer of Grafana's API", fix: 'Take what is under dashboard.' };
  if (isObject(spec) && Array.isArray(spec['panels']))
    return { found: 'an object of Kubernetes', fix: 'Take what is under spec.' };
  // Grafana 13's file provisioning refuses v2 (grafana/grafana#127928).
  if (isObject(spec)) return { found: 'a dashboard in the form v2', fix: 'Export it as classic.' };
  return { found: `panels: ${inJson(panels)}`, fix: 'Take the JSON model from its settings.' };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Of a text that is no dashboard: nothing, which is said elsewhere. */
function headOf(json: string): Headed['head'] {
  try {
    const value: unknown = JSON.parse(json);
    if (!isObject(value)) return {};
    const { uid, title } = value;
    return { ...(typeof uid === 'string' && { uid }), ...(typeof title === 'string' && { title }) };
  } catch {
    return {};
  }
}

const twice = (
  files: readonly Headed[],
  what: string,
  of: (file: Headed) => string | undefined,
): Violation[] =>
  files.flatMap((file, i) => {
    const own = of(file);
    const first = files.findIndex((other) => own !== undefined && own !== '' && of(other) === own);
    const other = files[first];
    if (other === undefined || first >= i) return [];
    return [
      violation(pathOf(file), {
        found: `the ${what} ${own ?? ''} of ${pathOf(other)}`,
        allowed: 'one of its own',
        fix: what === 'ConfigMap' ? 'Rename its folder or file.' : `Give it another ${what}.`,
      }),
    ];
  });
