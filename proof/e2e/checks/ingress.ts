import { loadBalancerAddress, type LoadBalanced } from '../../../tools/kubernetes/cluster';
import { HttpClient } from '../../../tools/http-client';
import type { Platform } from '../platform';
import { Failure } from '../../failure';
import type { Report } from '../report';
import { eventually } from '../../eventually';

interface Ingress extends LoadBalanced {
  spec: { rules?: { host?: string }[] };
}

/** Seconds until the Ingress controller has routes and addresses. */
const patience = 120;

/** Checks that Query and Grafana answer over HTTPS, Query only with the password. */
export async function peopleReachIt(platform: Platform, report: Report): Promise<void> {
  const { queryUrl, grafanaUrl, queryCredentials } = platform.outputs;
  const basic = Buffer.from(`${queryCredentials.user}:${queryCredentials.password}`).toString('base64');
  const query = '/api/v1/query?query=up';

  await report.check(`${queryUrl} over the Ingress, with and without the password`, () =>
    eventually(patience, async () => {
      const without = await status(platform, queryUrl, query, {});
      const withPassword = await status(platform, queryUrl, query, { authorization: `Basic ${basic}` });
      if (without !== 401 || withPassword !== 200) {
        throw new Failure(`HTTP ${without} without, HTTP ${withPassword} with`);
      }
      return `HTTP ${without} without, HTTP ${withPassword} with`;
    }),
  );
  await report.check(`${grafanaUrl} over the Ingress`, () =>
    eventually(patience, async () => {
      const found = await status(platform, grafanaUrl, '/api/health', {});
      if (found !== 200) throw new Failure(`HTTP ${found}`);
      return `HTTP ${found}`;
    }),
  );
}

/** HTTP status under a host of an Ingress, at the address that the controller gave it. */
async function status(
  { central, namespace, outputs }: Platform,
  base: string,
  path: string,
  headers: Record<string, string>,
): Promise<number> {
  const { hostname } = new URL(base);
  const all = await central.list<Ingress>(['ingresses'], namespace);
  const ingress = all.find(({ spec }) => spec.rules?.some(({ host }) => host === hostname));
  const host = ingress && loadBalancerAddress(ingress);
  if (host === undefined) throw new Failure(`no Ingress for ${hostname} with an address`);
  const client = new HttpClient({ host, port: 443 }, { serverName: hostname, ca: outputs.remoteWriteCa });
  try {
    return (await client.send({ path, headers })).status;
  } finally {
    client.close();
  }
}
