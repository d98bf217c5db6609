import { probeJobs } from '../../../components/blackbox-exporter/exporter';
import { judged, together, unknown, well, wrong, type Finding } from '../finding';
import type { Sample, Samples } from './samples';

/** What the probes have found, as the central Prometheus has it. */
export interface ProbesSeen {
  /** 1: the probe succeeded, by `job` and what it asked. */
  probed: Samples;
  /** Of public names over the last week; 1: the probe succeeded once. */
  namesAnswered: Samples;
  /** Status of an answer to a client without a certificate; 0: none, as it should be. */
  admitted: Samples;
}

/** What must have been probed. */
export interface ProbesWanted {
  edges: readonly string[];
  /** Public names; none where they are not asked. */
  hosts: readonly string[];
}

const unprobed = (what: string) =>
  unknown({
    why: `no result of ${what}`,
    fix: 'Look at the pod of blackbox-exporter, and at the targets of Prometheus.',
  });

const having = (samples: readonly Sample[], job: string, label?: string, value?: string) =>
  samples.find(({ labels }) => labels['job'] === job && (label === undefined || labels[label] === value))
    ?.value;

/** Whether what the blackbox exporter asks is answered as people and edges need it. */
export const probesAnswered =
  ({ edges, hosts }: ProbesWanted) =>
  ({ probed, namesAnswered, admitted }: ProbesSeen): Finding =>
    judged(probed, (now) =>
      judged(namesAnswered, (ever) =>
        judged(admitted, (answers) =>
          together([
            ...edges.map((edge) => readable(edge, having(now, probeJobs.edges, 'edge', edge))),
            handshake(having(now, probeJobs.receive)),
            refusal(having(answers, probeJobs.refusal)),
            ...hosts.map((host) =>
              named(
                host,
                having(now, probeJobs.names, 'host', host),
                having(ever, probeJobs.names, 'host', host) === 1,
              ),
            ),
          ]),
        ),
      ),
    );

const readable = (edge: string, success: number | undefined): Finding => {
  if (success === undefined) return unprobed(`${edge}'s newest sample`);
  return success === 1
    ? well(`${edge} is readable through query-frontend`)
    : wrong(
        `${edge}'s newest sample is not readable through query-frontend`,
        'docs/runbooks/EdgeNotReadable.md, unless the edge itself is late.',
      );
};

const handshake = (success: number | undefined): Finding => {
  if (success === undefined) return unprobed("Receive's handshake");
  return success === 1
    ? well('Receive shows its certificate')
    : wrong(
        "Receive does not show a certificate of the stack's authority",
        'docs/runbooks/ThanosReceiveHandshakeFailing.md',
      );
};

const refusal = (status: number | undefined): Finding => {
  if (status === undefined) return unprobed('a request to Receive without a certificate');
  return status === 0
    ? well('and refuses a client without one')
    : wrong(
        `Receive answers ${status} to a client without a certificate`,
        'docs/runbooks/ThanosReceiveAdmitsAnybody.md',
      );
};

/** A name that was never seen from within is no fault of it: there may be no way back in. */
const named = (host: string, success: number | undefined, ever: boolean): Finding => {
  if (success === undefined) return unprobed(host);
  if (success === 1) return well(`${host} answers within the cluster`);
  return ever
    ? wrong(`${host} does not answer within the cluster any more`, 'docs/runbooks/PublicNameNotAnswering.md')
    : unknown({
        why: `${host} has not answered within the cluster for a week, so no alert watches it`,
        fix: 'Give pods its address and the way to it (blackboxExporter.egress), or set blackboxExporter.publicNames: false.',
      });
};
