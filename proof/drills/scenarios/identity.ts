import { setTimeout as sleep } from 'node:timers/promises';
import { asSigner, authority, issuerOf, signed, signingKey } from '../../e2e/certificates';
import { tlsAlert } from '../../e2e/tls-alert';
import { RemoteWriter } from '../../samples/remote-write';
import { shown } from '../../samples/query-client';
import { Failure } from '../../failure';
import { eventually } from '../../eventually';
import type { Drill } from '../drill';
import type { Connection, Fleet } from '../fleet';
import { underLoad, writingEdge } from './loaded';

const hour = 3_600_000;

/** Edge that is removed from the list. */
export const leavingEdge = 'cluster-06';

/** Tries everything by which the edge cluster-02 could write as the edge whose load is counted. */
async function claims(fleet: Fleet): Promise<string[]> {
  const { platform } = fleet;
  const { edgeName, edgeCertificate } = platform;
  const name = 'drill_claimed';
  const run = fleet.nextRun();
  const labels = { __name__: name, run, cluster: writingEdge, tenant_id: writingEdge };
  const { status } = await platform.remoteWrite(edgeCertificate, (writer) =>
    writer.send([{ labels, samples: [{ value: 1, timestamp: Date.now() }] }], {
      'THANOS-TENANT': writingEdge,
    }),
  );
  if (status !== 200) throw new Failure(`writing as ${edgeName}: HTTP ${status}`);
  const stored = await eventually(60, async () => {
    const found = await platform.query((query) => query.instant(`${name}{run="${run}"}`, { dedup: false }));
    if (found.length === 0) throw new Failure('the sample is not in an answer');
    return found;
  });
  const wrong = stored.filter(({ metric }) => metric['cluster'] !== edgeName);
  if (wrong.length > 0)
    throw new Failure(`stored as another: ${wrong.map(({ metric }) => shown(metric)).join()}`);

  const subject = `CN=${writingEdge}`;
  const victim = issuerOf(fleet.platform.credentials(writingEdge).certificate);
  const own = await signed(subject, await asSigner(edgeCertificate));
  const unknown = await signed(subject, await authority(victim));
  return [
    `label cluster="${writingEdge}" and header THANOS-TENANT: ${writingEdge} of ${edgeName}: stored as cluster="${edgeName}"`,
    `certificate for ${writingEdge} signed with the key of ${edgeName}: ${await tlsAlert(platform, own)}`,
    `certificate for ${writingEdge} of an unknown authority of the same name: ${await tlsAlert(platform, unknown)}`,
    `no certificate: ${await tlsAlert(platform, undefined)}`,
    `expired certificate of the true authority: ${await tlsAlert(platform, await expired(fleet))}`,
  ];
}

/**
 * Certificate like the edge's own, from the same issuer, whose validity ended a minute ago. The issuer's key
 * is in the stack's state.
 */
async function expired(fleet: Fleet) {
  const { deployment } = fleet;
  const resources = await deployment.pulumi.resources('cluster-01');
  const key = resources.find(
    ({ type, urn }) => type === 'tls:index/privateKey:PrivateKey' && urn.endsWith('::edge-authority'),
  );
  const pem = key?.outputs?.['privateKeyPem'];
  if (typeof pem !== 'string') throw new Error('no key of the authority of the edges in the state');
  const signer = {
    name: issuerOf(fleet.platform.credentials(writingEdge).certificate),
    key: await signingKey(pem),
    chain: '',
  };
  const now = Date.now();
  const subject = `CN=${writingEdge}`;
  const valid = await signed(subject, signer);
  // Otherwise something else than its age could be what is refused.
  const { status } = await fleet.platform.remoteWrite(valid, (writer) => writer.send([]));
  if (status !== 200) throw new Failure(`the same certificate, not expired: HTTP ${status}`);
  return signed(subject, signer, { notBefore: new Date(now - hour), notAfter: new Date(now - 60_000) });
}

/** Removes an edge from the list while another writes; its certificate must be refused by every router. */
async function revoke(fleet: Fleet): Promise<string[]> {
  const gone = leavingEdge;
  const certificate = fleet.platform.credentials(gone);
  const { status } = await fleet.platform.remoteWrite(certificate, (writer) => writer.send([]));
  if (status !== 200) throw new Failure(`${gone} cannot write before: HTTP ${status}`);
  const began = Date.now();
  const seconds = () => ((Date.now() - began) / 1000).toFixed(0);
  const edges = fleet.edges.filter(({ name }) => name !== gone);
  const watching = firstRefusals(fleet.connection(gone));
  await fleet.change({ edges });
  const done = seconds();
  const { first, last } = await watching;
  await fleet.change({ edges: fleet.edges });
  await sleep(5000);
  const again = await tlsAlert(fleet.platform, certificate);
  return [
    `pulumi up without ${gone}: ${done} s; first refused after ${first} s, accepted for the last time after ${last} s`,
    `back in the list, its old certificate: ${again}`,
  ];
}

/** Writes as an edge, each time over a new connection, until it has been refused for a while. */
async function firstRefusals({
  address,
  tls,
  connection,
}: Connection): Promise<{ first: string; last: string }> {
  const began = Date.now();
  const since = () => ((Date.now() - began) / 1000).toFixed(1);
  let [first, last] = ['', since()];
  for (let refusals = 0; refusals < 50;) {
    const writer = new RemoteWriter(address, tls, connection);
    const accepted = await writer.send([]).then(
      ({ status }) => status === 200,
      () => false,
    );
    writer.close();
    if (accepted) [last, refusals] = [since(), 0];
    else {
      if (first === '') first = since();
      refusals++;
    }
    if (Date.now() - began > 600_000) throw new Failure(`it can still write ${since()} s later`);
    await sleep(200);
  }
  return { first, last };
}

export const identityDrills: Drill[] = [
  {
    name: 'claims',
    title: 'an edge claims to be another: label, header, certificate',
    run: (fleet) => underLoad(fleet, () => claims(fleet)),
  },
  {
    name: 'revoked',
    title: 'an edge removed from the list while another writes',
    run: (fleet) => underLoad(fleet, () => revoke(fleet)),
  },
];
