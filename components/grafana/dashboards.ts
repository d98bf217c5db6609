import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
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

/** What stands in `observability/dashboards/`. */
export interface DashboardFolder {
  dashboards: DashboardFile[];
  /** What is no dashboard, by its path below, and why it would not be deployed. */
  others: { path: string; why: string }[];
}

/** Everything in the folder of dashboards, ours and the teams'; links are followed. */
export function dashboardFolder(root: string = dashboardsFolder()): DashboardFolder {
  const found: DashboardFolder = { dashboards: [], others: [] };
  for (const folder of readdirSync(root).sort()) {
    if (!isA('folder', join(root, folder))) {
      found.others.push({ path: folder, why: 'is in no folder' });
      continue;
    }
    for (const file of readdirSync(join(root, folder)).sort()) {
      const path = `${folder}/${file}`;
      if (file.endsWith('.md')) continue;
      if (!isA('file', join(root, path))) found.others.push({ path, why: 'is no file' });
      else if (!file.endsWith('.json')) found.others.push({ path, why: 'does not end with .json' });
      else {
        const json = text(join(root, path));
        if (json === undefined) found.others.push({ path, why: 'is no text in UTF-8' });
        else found.dashboards.push({ folder, name: file.slice(0, -'.json'.length), json });
      }
    }
  }
  return found;
}

/** The dashboards of the repository; whether Grafana takes them is asked by `checks/dashboards.ts`. */
export const readDashboards = (): DashboardFile[] => dashboardFolder().dashboards;

/** A link that leads nowhere, or a pipe, is neither. */
function isA(what: 'file' | 'folder', path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return (what === 'file' ? found?.isFile() : found?.isDirectory()) ?? false;
}

/** Without the byte order mark that some editors write. */
function text(path: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch {
    return undefined;
  }
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

/** Of folders and files that differ in a blank or a dash alone it may be the same. */
export const configMapName = ({ folder, name }: Pick<DashboardFile, 'folder' | 'name'>): string =>
  `dashboard-${folder.toLowerCase().replaceAll(/[ _]/g, '-')}-${name}`;

/** The ConfigMap of a dashboard, which Grafana's sidecar finds by its label. */
export const dashboardConfigMap = (
  { folder, name, json }: DashboardFile,
  { namespace, runbooks }: { namespace: string; runbooks: string },
) => ({
  metadata: {
    name: configMapName({ folder, name }),
    namespace,
    labels: { [dashboardLabel.name]: dashboardLabel.value },
    annotations: { [folderAnnotation]: folder },
  },
  data: { [`${name}.json`]: deployedJson(json, runbooks) },
});
