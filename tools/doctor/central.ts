import { chartPods, grafanaService, releaseName } from '../../components/prometheus-stack/addresses';
import { hashringConfigMap } from '../../components/thanos/receive-router';
import { roles } from '../../components/thanos/roles';
import type { ApiReader } from '../kubernetes/api-reader';
import { lookAtAlertmanager, type AlertmanagerSeen } from './collect/alertmanager';
import { lookAtRights } from './collect/bucket';
import { lookAtKeys, lookAtNames, servedBy, type NamesSeen } from './collect/central-objects';
import { lookAtCluster, paths, patience, podsWith, type ClusterSeen } from './collect/cluster';
import { askForwarded, basic } from './collect/forwarded';
import { lookAtGrafana } from './collect/grafana';
import { ask, centreQueries, edgeQueries, stores } from './collect/queries';
import type { KeySeen } from './checks/alert-way';
import type { RightsSeen } from './checks/bucket';
import type { CertificateSeen } from './checks/certificates';
import type { GrafanaSeen } from './checks/grafana';
import type { Samples } from './checks/samples';
import type { Stores } from './checks/stores';
import type { Observation } from './finding';
import { configMapSchema, type ConfigMap, type Pod } from './objects';
import { observe, observeWith } from './observe';
import type { CentralStack } from './stack';

type Queries = keyof typeof centreQueries | keyof ReturnType<typeof edgeQueries>;

/** Everything that was seen of a central stack. */
export interface CentralSeen extends ClusterSeen, Record<Queries, Samples> {
  now: Date;
  stores: Observation<Stores>;
  ring: Observation<ConfigMap>;
  /** Certificates that the stack made, by its outputs. */
  made: readonly CertificateSeen[];
  certificates: Observation<readonly CertificateSeen[]>;
  /** Certificates in the Secrets that are served. */
  served: Observation<CertificateSeen[]>;
  alertmanagers: readonly Observation<AlertmanagerSeen>[];
  alertmanagerPods: Observation<Pod[]>;
  keys: readonly Observation<KeySeen>[];
  grafana: Observation<GrafanaSeen>;
  dashboards: Observation<ConfigMap[]>;
  rights: readonly Observation<RightsSeen>[];
  names: NamesSeen;
}

/** Looks at everything of a central stack once, all at the same time. */
export async function lookAtCentral(stack: CentralStack, api: ApiReader, now: Date): Promise<CentralSeen> {
  const { config } = stack;
  const ringName = hashringConfigMap(config.receive.ring);
  const made = (stack.outputs.certificates ?? []).map(({ certificate, end }) => ({
    certificate,
    end: new Date(end),
  }));
  const cluster = lookAtCluster(api);
  const [seen, alertmanagers, prometheus, query, ring, served, keys, grafana, dashboards, rights, names] =
    await Promise.all([
      cluster,
      cluster.then(({ pods }) => lookAtAlertmanagers(stack, pods)),
      askCentre(stack),
      askQuery(stack),
      observe(`ConfigMap ${ringName}`, patience, () =>
        api.get(`${paths.core}/configmaps/${ringName}`, configMapSchema),
      ),
      observe('certificates in the cluster', patience, () => servedBy(stack, api)),
      lookAtKeys(stack, api),
      observeWith(stack.grafanaLogin, (login) =>
        askForwarded(
          config.cluster,
          { target: `service/${grafanaService.name}`, port: grafanaService.port, headers: basic(login) },
          lookAtGrafana,
        ),
      ),
      observe('dashboards', patience, () =>
        api.list(`${paths.core}/configmaps?labelSelector=grafana_dashboard%3D1`, configMapSchema),
      ),
      lookAtRights(config, api),
      lookAtNames(stack, api),
    ]);
  return {
    now,
    ...seen,
    ...prometheus,
    ...query,
    ring,
    made,
    certificates: { value: made },
    served,
    alertmanagers,
    alertmanagerPods:
      'why' in seen.pods ? seen.pods : { value: podsWith(seen.pods, chartPods.alertmanager.podLabels) },
    keys,
    grafana,
    dashboards,
    rights,
    names,
  };
}

const lookAtAlertmanagers = ({ config }: CentralStack, pods: Observation<Pod[]>) =>
  'why' in pods
    ? Promise.resolve([pods])
    : Promise.all(
        podsWith(pods, chartPods.alertmanager.podLabels).map(({ metadata: { name } }) =>
          askForwarded(
            config.cluster,
            { target: `pod/${name}`, port: chartPods.alertmanager.ports.http },
            lookAtAlertmanager(name),
          ),
        ),
      );

/** Each query's answer, or for all of them why nobody could be asked. */
const spread = <Name extends string>(
  answers: Observation<Record<Name, Samples>>,
  queries: Readonly<Record<Name, string>>,
): Record<Name, Samples> =>
  'why' in answers
    ? (Object.fromEntries(Object.keys(queries).map((name) => [name, answers])) as unknown as Record<
        Name,
        Samples
      >)
    : answers.value;

async function askCentre({ config }: CentralStack) {
  const target = { target: `service/${releaseName}-prometheus`, port: chartPods.prometheus.ports.http };
  return spread(
    await askForwarded(config.cluster, target, (asked) => ask(asked, centreQueries)),
    centreQueries,
  );
}

async function askQuery({ config }: CentralStack) {
  const queries = edgeQueries(config.cluster.label);
  const target = { target: `service/${roles.query.service}`, port: roles.query.ports.http };
  const answers = await askForwarded(config.cluster, target, async (asked) => {
    const [samples, known] = await Promise.all([
      ask(asked, queries),
      observe('endpoints of Query', patience, () => stores(asked)),
    ]);
    return { samples, known };
  });
  return 'why' in answers
    ? { ...spread(answers, queries), stores: answers }
    : { ...answers.value.samples, stores: answers.value.known };
}
