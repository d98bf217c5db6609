import { parse } from 'yaml';
import type { KubernetesObject } from '../../../tools/kubernetes/cluster';
import type { Platform } from '../platform';
import { Failure } from '../../failure';
import type { Report } from '../report';

interface ConfigMap extends KubernetesObject {
  data?: Record<string, string>;
}

interface Datasource {
  name: string;
  url: string;
  basicAuthUser: string;
  secureJsonData: { basicAuthPassword: string };
  isDefault?: boolean;
}

interface Variable {
  name: string;
  valueFrom?: { secretKeyRef?: { name: string; key: string } };
}

interface Deployment extends KubernetesObject {
  spec: { template: { spec: { containers: { name: string; env?: Variable[] }[] } } };
}

interface Pod extends KubernetesObject {
  spec: { containers: { name: string; image: string }[] };
}

/** Seconds until the image is pulled and the pod has ended. */
const patience = 180;

/** Checks that Grafana's default datasource answers from inside the cluster, with Grafana's credentials. */
export async function datasourceAnswers(platform: Platform, report: Report): Promise<void> {
  const { central, namespace } = platform;
  await report.check("Grafana's datasource answers", async () => {
    const datasource = await defaultDatasource(platform);
    const env = await variables(platform, [
      datasource.basicAuthUser,
      datasource.secureJsonData.basicAuthPassword,
    ]);
    const name = `e2e-grafana-${platform.run}`;
    await central.kubectl(['create', '--filename=-'], {
      namespace,
      input: JSON.stringify(clientPod(name, await prometheusImage(platform), datasource.url, env)),
    });
    try {
      const result = await central
        .wait(`pod/${name}`, 'jsonpath={.status.phase}=Succeeded', namespace, patience)
        .then(() => '', String);
      const log = await central.kubectl(['logs', name], { namespace });
      const found = /=> (\d+) @/.exec(log)?.[1];
      if (found === undefined) throw new Failure(`${datasource.url}: ${log || result}`);
      return `${datasource.name} at ${datasource.url}, ${found} targets up`;
    } finally {
      await central.kubectl(['delete', 'pod', name, '--wait=false'], { namespace });
    }
  });
}

async function defaultDatasource({ central, namespace }: Platform): Promise<Datasource> {
  const maps = await central.list<ConfigMap>(['configmaps'], namespace, 'grafana_datasource=1');
  const files = maps.flatMap(({ data }) => Object.values(data ?? {}));
  const sources = files.flatMap((text) => (parse(text) as { datasources?: Datasource[] }).datasources ?? []);
  const found = sources.find(({ isDefault }) => isDefault);
  if (!found) throw new Failure(`no default among ${sources.map(({ name }) => name).join(', ') || 'none'}`);
  return found;
}

/** The environment variables of Grafana's container that a datasource names as `$NAME`. */
async function variables({ central, namespace }: Platform, placeholders: string[]): Promise<Variable[]> {
  const [grafana] = await central.list<Deployment>(
    ['deployments'],
    namespace,
    'app.kubernetes.io/name=grafana',
  );
  const given = grafana?.spec.template.spec.containers.flatMap(({ env }) => env ?? []) ?? [];
  return placeholders.map((placeholder, i) => {
    const name = /^\$(\w+)$/.exec(placeholder)?.[1];
    const found = given.find((variable) => variable.name === name);
    if (!found?.valueFrom?.secretKeyRef) throw new Failure(`Grafana has no ${placeholder} from a Secret`);
    return { name: ['QUERY_USER', 'QUERY_PASSWORD'][i] ?? '', valueFrom: found.valueFrom };
  });
}

/** Image of Prometheus, which is on the nodes already and holds promtool, a client for queries. */
async function prometheusImage({ central, namespace }: Platform): Promise<string> {
  const pods = await central.list<Pod>(['pods'], namespace, 'app.kubernetes.io/name=prometheus');
  const image = pods[0]?.spec.containers.find(({ name }) => name === 'prometheus')?.image;
  if (image === undefined) throw new Failure('no pod of Prometheus, whose image holds the client');
  return image;
}

/** Pod that network policies take for Grafana, though Grafana's Service does not select it. */
const clientPod = (name: string, image: string, url: string, env: Variable[]) => {
  const { protocol, host } = new URL(url);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { 'app.kubernetes.io/name': 'grafana' } },
    spec: {
      // A new pod may be ahead of its network policies.
      restartPolicy: 'OnFailure',
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'client',
          image,
          command: ['/bin/promtool'],
          // Kubernetes puts the values in; they stand nowhere in the object.
          args: [
            ...['query', 'instant'],
            `${protocol}//$(QUERY_USER):$(QUERY_PASSWORD)@${host}`,
            'count(up == 1)',
          ],
          env,
          resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    },
  };
};
