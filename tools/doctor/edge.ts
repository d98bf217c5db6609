import { X509Certificate } from 'node:crypto';
import { remoteWriteSecret } from '../../components/identity/remote-write-secret';
import { releaseName } from '../../components/prometheus-stack/addresses';
import { claimNames, edgeClaimants } from '../../checks/claimants';
import type { EdgeConfig } from '../../config/edge';
import { freshFor } from '../../observability/rules/edges';
import type { ApiReader } from '../kubernetes/api-reader';
import { queuesDrain, type AgentSeen } from './checks/agents';
import { certificatesLast, type CertificateSeen } from './checks/certificates';
import { centreAccepts, type CentreSeen } from './checks/names';
import { podsRun } from './checks/pods';
import { versionsPinned } from './checks/versions';
import { claimsAsConfigured, volumesHaveRoom } from './checks/volumes';
import { lookAtAgents } from './collect/agents';
import { endOf, lookAtCluster, patience, secret, type ClusterSeen } from './collect/cluster';
import { lookAtCentre } from './collect/names';
import { allWell, judged, type Check, type Observation } from './finding';
import { NotSeen, observe, observeWith } from './observe';
import type { EdgeStack } from './stack';

/** What is seen of an edge's identity; its key is used and never shown. */
interface Identity {
  /** Common name of the certificate, which is the tenant. */
  tenant: string;
  certificates: readonly CertificateSeen[];
}

/** Everything that was seen of an edge stack. */
export interface EdgeSeen extends ClusterSeen {
  now: Date;
  agents: readonly Observation<AgentSeen>[];
  identity: Observation<Identity>;
  centre: Observation<CentreSeen>;
}

/** Looks at everything of an edge stack once, all at the same time. */
export async function lookAtEdge(
  { config, outputs }: EdgeStack,
  api: ApiReader,
  now: Date,
): Promise<EdgeSeen> {
  const cluster = lookAtCluster(api);
  const pem = observe(`Secret ${remoteWriteSecret.name}`, patience, () => identityIn(api));
  const [seen, agents, identity, centre] = await Promise.all([
    cluster,
    cluster.then(({ pods }) => lookAtAgents(config.cluster, pods)),
    pem.then((found) =>
      observeWith(found, (own) => observe('certificate', patience, () => Promise.resolve(identityOf(own)))),
    ),
    pem.then((found) =>
      observeWith(found, (own) =>
        observe('the centre', patience, () => lookAtCentre(outputs.remoteWriteUrl, own)),
      ),
    ),
  ]);
  return { now, ...seen, agents, identity, centre };
}

type Pem = Record<'ca' | 'certificate' | 'privateKey', string>;

async function identityIn(api: ApiReader): Promise<Pem> {
  const { name, ...keys } = remoteWriteSecret;
  const { data } = await secret(api, name);
  const of = (key: string) => {
    const value = data[key];
    if (value === undefined) throw new NotSeen(`it has no ${key}`, 'Run pulumi up on this stack.');
    return value;
  };
  return { ca: of(keys.ca), certificate: of(keys.certificate), privateKey: of(keys.privateKey) };
}

function identityOf({ ca, certificate }: Pem): Identity {
  const own = new X509Certificate(certificate);
  return {
    tenant: /^CN=(.*)$/m.exec(own.subject)?.[1] ?? '',
    certificates: [
      { certificate: 'client certificate', end: endOf(own) },
      { certificate: 'authority of the centre', end: endOf(new X509Certificate(ca)) },
    ],
  };
}

/** Everything that is asked of an edge stack, in the order in which it is told. */
export const edgeChecks = (config: EdgeConfig): Check<EdgeSeen>[] => {
  const { cluster, agent } = config;
  const agents = edgeClaimants(config)['agent.storage'];
  return [
    {
      name: 'pods',
      judge: podsRun({ [agents.statefulSet]: agent.replicas, [`${releaseName}-operator`]: 1 }),
    },
    { name: 'versions', judge: versionsPinned(`${releaseName}-operator`) },
    {
      name: 'claims',
      judge: claimsAsConfigured([
        {
          key: 'agent.storage',
          size: agent.storage,
          claims: claimNames(agents),
        },
      ]),
    },
    { name: 'log volume', judge: volumesHaveRoom },
    { name: 'remote write', judge: ({ agents }) => queuesDrain(agents, freshFor) },
    {
      name: 'identity',
      judge: ({ identity }) =>
        judged(identity, ({ tenant }) =>
          allWell(
            tenant === cluster.name
              ? []
              : [`its certificate is that of ${tenant || 'nobody'}, not of ${cluster.name}`],
            `it writes as ${tenant}`,
            'Run pulumi up on this stack.',
          ),
        ),
    },
    {
      name: 'certificates',
      judge: ({ now, identity }) =>
        certificatesLast(now, 'why' in identity ? identity : { value: identity.value.certificates }),
    },
    { name: 'centre', judge: ({ centre }) => centreAccepts(centre) },
  ];
};
