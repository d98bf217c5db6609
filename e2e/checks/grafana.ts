import { parse } from 'yaml';
import type { KubernetesObject } from '../cluster.js';
import type { Platform } from '../platform.js';
import { Failure, type Report } from '../report.js';

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

/** Holds a shell and wget; Grafana's own image is not asked for more than Grafana. */
const image = 'docker.io/library/busybox:latest';

/** Until the image is pulled and the pod has ended. */
const patience = 180;

/** Grafana's default datasource answers from inside the cluster, with what Grafana is given. */
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
      input: JSON.stringify(clientPod(name, datasource.url, env)),
    });
    try {
      const ended = ['--for=jsonpath={.status.phase}=Succeeded', `--timeout=${patience}s`];
      const result = await central
        .kubectl(['wait', `pod/${name}`, ...ended], { namespace, timeout: patience + 10 })
        .catch((error: unknown) => String(error));
      const log = await central.kubectl(['logs', name], { namespace });
      const found = (/"value":\[[^,]*,"(\d+)"\]/.exec(log) ?? [])[1];
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
async function variables({ central, namespace }: Platform, references: string[]): Promise<Variable[]> {
  const [grafana] = await central.list<Deployment>(
    ['deployments'],
    namespace,
    'app.kubernetes.io/name=grafana',
  );
  const given = grafana?.spec.template.spec.containers.flatMap(({ env }) => env ?? []) ?? [];
  return references.map((reference, i) => {
    const name = /^\$(\w+)$/.exec(reference)?.[1];
    const found = given.find((variable) => variable.name === name);
    if (!found?.valueFrom?.secretKeyRef) throw new Failure(`Grafana has no ${reference} from a Secret`);
    return { name: ['QUERY_USER', 'QUERY_PASSWORD'][i] ?? '', valueFrom: found.valueFrom };
  });
}

/** A pod that network policies take for Grafana, though its Service does not. */
const clientPod = (name: string, url: string, env: Variable[]) => {
  const { protocol, host } = new URL(url);
  const query = encodeURIComponent('count(up == 1)');
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { 'app.kubernetes.io/name': 'grafana' } },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'client',
          image,
          // A new pod may be alone with the network's default for a moment.
          command: [
            'sh',
            '-c',
            `for i in 1 2 3 4 5; do wget -T 20 -qO- "${protocol}//$QUERY_USER:$QUERY_PASSWORD@${host}/api/v1/query?query=${query}" && exit 0; sleep 3; done; exit 1`,
          ],
          env,
          resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } },
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
