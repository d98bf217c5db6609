import { authority, issuerOf, signed } from '../certificates';
import { forgedName, marker, markerSelector } from '../marker';
import type { Platform } from '../platform';
import { shown } from '../../samples/query-client';
import { tlsAlert } from '../tls-alert';
import { Failure } from '../../failure';
import type { Report } from '../report';
import { eventually } from '../../eventually';

/** Checks who may write, and as whom. */
export async function onlyAsOneself(platform: Platform, report: Report): Promise<void> {
  const { edgeName, edgeCertificate } = platform;
  const subject = `CN=${edgeName}`;

  await report.check('remote write without a certificate is refused', () => tlsAlert(platform, undefined));

  await report.check('so is a certificate of an unknown authority', async () =>
    tlsAlert(platform, await signed(subject, await authority('CN=unknown'))),
  );

  await report.check("so is one of an authority that calls itself as the edge's", async () => {
    const issuer = issuerOf(edgeCertificate.certificate);
    return `${await tlsAlert(platform, await signed(subject, await authority(issuer)))} (issuer ${issuer})`;
  });

  await report.check('the label cluster cannot be changed by the sender', async () => {
    const series = marker(platform);
    const headers = { 'THANOS-TENANT': forgedName };
    const answer = await platform.remoteWrite(edgeCertificate, (writer) => writer.send([series], headers));
    if (answer.status !== 200) throw new Failure(`HTTP ${answer.status}: ${answer.body}`);
    const { own, forged } = await platform.query((query) =>
      eventually(60, async () => {
        const selector = markerSelector(platform);
        const found = await query.instant(selector, { dedup: false });
        if (found.length === 0) throw new Failure(`${selector} has no series`);
        return { own: found, forged: await query.instant(`{cluster="${forgedName}"}`, { dedup: false }) };
      }),
    );
    const told = [
      `sent      ${shown(series.labels)} ${series.samples[0]?.value ?? ''}`,
      `with      certificate of ${edgeName}, header THANOS-TENANT: ${forgedName}: HTTP ${answer.status}`,
      ...own.map(({ metric, value }) => `returned  ${shown(metric)} ${value[1]}`),
      `returned for {cluster="${forgedName}"}: ${forged.length} series`,
    ].join('\n');
    const right = own.every(({ metric }) => metric['cluster'] === edgeName) && forged.length === 0;
    if (!right) throw new Failure(`it was changed\n${told}`);
    return `it stays ${edgeName}\n${told}`;
  });
}
