import { setTimeout as sleep } from 'node:timers/promises';
import { tlsAlert } from '../../e2e/tls-alert';
import { Failure } from '../../failure';
import type { Drill } from '../drill';
import type { Fleet } from '../fleet';
import { underScrapes } from './scraped';

/** Seconds until a pod sees a changed Secret: kubelet's sync period of a minute, its cache's of another. */
const secretShown = 130;

const locallySigned = 'tls:index/locallySignedCert:LocallySignedCert';
const privateKey = 'tls:index/privateKey:PrivateKey';

/** Names of the resources, of `EdgeIdentities` and `ServerCertificate` in the central stack. */
const client = (edge: string) => `edge-authority-${edge}`;
const server = 'thanos-receiver';

/**
 * `pulumi up` of both stacks, the central one with new resources of a type in place of those that are there.
 */
async function replace(fleet: Fleet, type: string, names: readonly string[]): Promise<void> {
  const resources = await fleet.deployment.pulumi.resources('cluster-01');
  const urns = names.map((name) => {
    const found = resources.find((one) => one.type === type && one.urn.endsWith(`::${name}`));
    if (!found) throw new Error(`no ${type} ${name} in the state`);
    return found.urn;
  });
  await fleet.change({}, ...urns.flatMap((urn) => ['--replace', urn]));
}

/** Makes every connection anew, so that what is presented and checked is what was renewed. */
async function reconnect({ platform: { central, namespace } }: Fleet): Promise<void> {
  await central.restart('deployment/thanos-receive-router', namespace, 300);
}

/** Renews both certificates. A new one differs from the old in its serial number at least. */
async function renewed(fleet: Fleet): Promise<string[]> {
  const { edgeName } = fleet.platform;
  const before = fleet.platform.credentials(edgeName);
  await replace(fleet, locallySigned, [client(edgeName), server]);
  const after = fleet.platform.credentials(edgeName);
  if (after.certificate === before.certificate) throw new Failure('the certificate is the old one');
  if (after.privateKey !== before.privateKey) throw new Failure('the key is another one');
  await fleet.deployment.upEdge();
  await sleep(secretShown * 1000);
  await reconnect(fleet);
  await sleep(30_000);
  return ["the edge's and the server's certificate are new; every connection was made anew"];
}

/** Replaces a key as if it were stolen: the old one is refused once the routers have restarted. */
async function rekeyed(fleet: Fleet): Promise<string[]> {
  const { edgeName } = fleet.platform;
  const before = fleet.platform.credentials(edgeName);
  const began = Date.now();
  await replace(fleet, privateKey, [client(edgeName)]);
  const alert = await tlsAlert(fleet.platform, before);
  const shutOut = ((Date.now() - began) / 1000).toFixed(0);
  await fleet.deployment.upEdge();
  await sleep(secretShown * 1000);
  return [
    `${shutOut} s after its beginning pulumi up has the old key refused: ${alert}; the edge buffers until its own up`,
  ];
}

export const renewalDrills: Drill[] = [
  {
    name: 'renewal',
    title: 'certificates of an edge and of the server renewed while it sends',
    run: (fleet) => underScrapes(fleet, () => renewed(fleet)),
  },
  {
    name: 'new-key',
    title: 'an edge gets a new key while it sends; the old one is refused',
    run: (fleet) => underScrapes(fleet, () => rekeyed(fleet)),
  },
];
