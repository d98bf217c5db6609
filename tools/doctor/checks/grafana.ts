import { judged, judgedBoth, together, well, wrong, type Finding, type Observation } from '../finding';
import type { ConfigMap } from '../objects';

export interface GrafanaSeen {
  /** The default datasource; undefined: there is none. */
  datasource?: { name: string; url: string } | undefined;
  /** Whether Query answers Grafana through it, and what Grafana says otherwise. */
  health: { status: string; message: string };
  /** How many dashboards it shows. */
  dashboards: number;
}

/** Whether Grafana asks query-frontend, and is answered. @param url that the datasource must have */
export const datasourceWorks =
  (url: string) =>
  ({ grafana }: { grafana: Observation<GrafanaSeen> }): Finding =>
    judged(grafana, ({ datasource, health }) => {
      if (!datasource) {
        return wrong('there is no default datasource', 'Restart Grafana: it reads the folder at its start.');
      }
      return together([
        datasource.url === url
          ? well(`${datasource.name} is ${url}`)
          : wrong(
              `${datasource.name} is ${datasource.url}, not ${url}`,
              'Run pulumi up, then restart Grafana.',
            ),
        health.status === 'OK'
          ? well('it answers')
          : wrong(
              `it does not answer: ${health.message}`,
              'Look at query-frontend, then whether the password was renewed after Grafana started.',
            ),
      ]);
    });

/** Whether Grafana shows every dashboard that the cluster has; people's own come on top. */
export const dashboardsShown = ({
  grafana,
  dashboards,
}: {
  grafana: Observation<GrafanaSeen>;
  dashboards: Observation<ConfigMap[]>;
}): Finding =>
  judgedBoth(grafana, dashboards, (shown, maps) => {
    const wanted = maps.flatMap(({ data }) => Object.keys(data)).length;
    return shown.dashboards >= wanted
      ? well(`${shown.dashboards} dashboards, of which ${wanted} in ConfigMaps`)
      : wrong(
          `${shown.dashboards} of ${wanted} dashboards`,
          'One uid or title that is there twice stops the import of all: the log of Grafana names it.',
        );
  });
