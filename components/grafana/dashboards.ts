import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The label by which the chart's sidecar finds the ConfigMaps of dashboards. */
export const dashboardLabel = { name: 'grafana_dashboard', value: '1' } as const;

/** Annotation of a dashboard's ConfigMap: the folder in which Grafana shows it. */
export const folderAnnotation = 'grafana_folder';

/** Where Grafana shows the dashboards of kube-prometheus-stack. */
export const folderOfChart = 'kube-prometheus-stack';

/** Where Grafana shows ours, and their folder in `observability/dashboards/`. */
export const ourFolder = 'Monitoring';

/** The dashboard that people see first, by the name of its file. */
export const firstPage = 'fleet';

/**
 * What stands for the address of the runbooks (`monitoring:runbookUrl`) in the links of committed dashboards:
 * they are built when the repository is, and the address belongs to a stack. The name is reserved to lead
 * nowhere (RFC 2606).
 */
export const runbooksAddress = 'https://runbooks.invalid';

/** A dashboard of the repository: `observability/dashboards/FOLDER/NAME.json`. */
export interface DashboardFile {
  /** The folder in which Grafana shows it. */
  folder: string;
  /** Name of the file without `.json`. */
  name: string;
  /** Grafana's JSON, in the classic form (v1). */
  json: string;
}

/**
 * The folder of dashboards, found upwards from this file: Pulumi runs the program out of
 * `node_modules/.cache` (program.js).
 */
function dashboardsFolder(): string {
  const path = join('observability', 'dashboards');
  for (let folder = __dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, path))) return join(folder, path);
    if (folder === dirname(folder)) throw new Error(`no folder ${path} above ${__dirname}`);
  }
}

/**
 * Every dashboard of the repository, ours and the teams'.
 *
 * @throws Error with everything that is wrong with them: one that Grafana does not take keeps all others from
 *   being shown
 */
export function readDashboards(root: string = dashboardsFolder()): DashboardFile[] {
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const files = folders.flatMap(({ name: folder }) =>
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith('.json'))
      .map((file) => ({
        folder,
        name: file.slice(0, -'.json'.length),
        json: readFileSync(join(root, folder, file), 'utf8'),
      })),
  );
  const wrong = dashboardFaults(files);
  if (wrong.length > 0) throw new Error(['observability/dashboards:', ...wrong].join('\n  '));
  return files;
}

/** What an object of Kubernetes holds at most, less what stands around the dashboard in it. */
export const mostBytes = 2 ** 20 - 2 ** 12;

/** Grafana's database has no room for longer ones. */
const longestUid = 40;

/**
 * What Grafana would not take, one line each. A uid or a title of a folder that is there twice is the worst:
 * Grafana then imports no dashboard at all any more, and no metric says so (grafana/grafana#43530).
 */
export function dashboardFaults(files: readonly DashboardFile[]): string[] {
  const parsed = files.map((file) => ({
    ...file,
    path: `${file.folder}/${file.name}.json`,
    ...header(file),
  }));
  const twice = (what: string, of: (file: (typeof parsed)[number]) => string) =>
    parsed.flatMap((file, i) => {
      const first = parsed.findIndex((other) => of(other) === of(file));
      return first < i ? [`${file.path} has the ${what} of ${parsed[first]?.path ?? ''}`] : [];
    });
  return [
    ...parsed.flatMap(({ path, folder, name, json, uid, title, fault }) => [
      ...(/^[A-Za-z0-9][A-Za-z0-9 _-]*$/.test(folder) && /^[a-z0-9][a-z0-9-]*$/.test(name)
        ? []
        : [
            `${path}: letters, digits, "-", "_" and spaces in the folder's name, a-z, 0-9 and "-" in the file's`,
          ]),
      ...(folder === folderOfChart ? [`${path}: ${folderOfChart} is the folder of the chart’s own`] : []),
      ...(fault === undefined ? [] : [`${path}: ${fault}`]),
      ...(fault === undefined && title === '' ? [`${path} has no title`] : []),
      ...(fault === undefined && (uid === '' || uid.length > longestUid)
        ? [`${path} needs a uid of at most ${longestUid} characters, so that links to it last`]
        : []),
      ...(Buffer.byteLength(json) > mostBytes ? [`${path} is larger than an object may be (1 MiB)`] : []),
    ]),
    ...twice('uid', ({ uid, path }) => (uid === '' ? path : uid)),
    ...twice('title', ({ folder, title, path }) => (title === '' ? path : JSON.stringify([folder, title]))),
  ];
}

function header({ json }: DashboardFile): { uid: string; title: string; fault?: string } {
  const nothing = { uid: '', title: '' };
  let dashboard: unknown;
  try {
    dashboard = JSON.parse(json);
  } catch {
    return { ...nothing, fault: 'is no JSON' };
  }
  if (typeof dashboard !== 'object' || dashboard === null || !('panels' in dashboard)) {
    // Grafana 13's file provisioning refuses v2 (grafana/grafana#127928).
    return { ...nothing, fault: 'has no panels: only the classic form (v1) can be provisioned' };
  }
  const { uid, title } = dashboard as { uid?: unknown; title?: unknown };
  return { uid: typeof uid === 'string' ? uid : '', title: typeof title === 'string' ? title : '' };
}

/**
 * A dashboard as a stack deploys it: on one line, since a ConfigMap has little room, and with the address of
 * the stack's runbooks. Where they are known as a path in the repository only, no browser finds them, and the
 * links are left out.
 */
export function deployedJson(json: string, runbooks: string): string {
  const address = /^https?:/.test(runbooks) ? runbooks : undefined;
  const leadsNowhere = (link: unknown) =>
    address === undefined &&
    typeof link === 'object' &&
    link !== null &&
    'url' in link &&
    String(link.url).startsWith(runbooksAddress);
  const replaced: unknown = JSON.parse(json, (_, value: unknown) =>
    Array.isArray(value)
      ? value.filter((entry) => !leadsNowhere(entry))
      : typeof value === 'string' && address !== undefined
        ? value.replaceAll(runbooksAddress, address)
        : value,
  );
  return JSON.stringify(replaced);
}

/** The ConfigMap of a dashboard, which Grafana's sidecar finds by its label. */
export const dashboardConfigMap = (
  { folder, name, json }: DashboardFile,
  { namespace, runbooks }: { namespace: string; runbooks: string },
) => ({
  metadata: {
    name: `dashboard-${folder.toLowerCase().replaceAll(/[ _]/g, '-')}-${name}`,
    namespace,
    labels: { [dashboardLabel.name]: dashboardLabel.value },
    annotations: { [folderAnnotation]: folder },
  },
  data: { [`${name}.json`]: deployedJson(json, runbooks) },
});
