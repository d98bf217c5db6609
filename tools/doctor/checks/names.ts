import { judged, together, well, wrong, type Finding, type Observation } from '../finding';

/** A public name as a client outside sees it. */
export interface NameSeen {
  host: string;
  port: number;
  /** What it resolves to from here; empty: nothing. */
  addresses: readonly string[];
  /** Absent where nothing could be connected to. */
  tls?: {
    /** Why a client that trusts the stack's authority refuses the certificate. */
    refusal?: string;
    end: Date;
  };
  /** Why no connection or no TLS came about. */
  failure?: string;
  /** Status of a request without a password or a client's certificate. */
  status?: number;
  /** Status of the same request with the stack's own. */
  statusWithLogin?: number;
}

/** What a name must answer to whom. */
export interface NameWanted {
  /** Where it should lead, for people. */
  pointAt: string;
  status?: number;
  statusWithLogin?: number;
}

/** Whether a name leads to the stack, with a certificate that clients accept. */
export const nameLeads =
  ({ pointAt, status, statusWithLogin }: NameWanted) =>
  (seen: Observation<NameSeen>): Finding =>
    judged(seen, (name) => {
      const { host, port, addresses, tls, failure } = name;
      if (addresses.length === 0) return wrong(`${host} has no address`, `Point it at ${pointAt}.`);
      const at = `${host}:${port} at ${addresses.join(', ')}`;
      if (!tls)
        return wrong(`${at}: ${failure ?? 'no TLS'}`, `Look at ${pointAt}, and what is on the way to it.`);
      if (tls.refusal !== undefined) {
        return wrong(
          `${at} has a certificate that its clients refuse: ${tls.refusal}`,
          'Run pulumi up on the central stack, or look at what answers in its place.',
        );
      }
      return together(
        [
          well(`${at}, TLS until ${tls.end.toISOString().slice(0, 10)}`),
          answered('without a password', name.status, status),
          answered('with its password', name.statusWithLogin, statusWithLogin),
        ].filter((finding) => finding !== undefined),
      );
    });

function answered(how: string, found: number | undefined, wanted: number | undefined): Finding | undefined {
  if (wanted === undefined || found === undefined) return undefined;
  return found === wanted
    ? well(`${found} ${how}`)
    : wrong(`it answers ${found} ${how}, not ${wanted}`, 'Look at the Ingress and at the pods behind it.');
}

/** What an edge hears of the centre. */
export interface CentreSeen extends NameSeen {
  /** Status of a request with the edge's certificate; absent: it was refused. */
  accepted?: number;
}

/** Whether the centre takes this edge's certificate, by the name that its agents write to. */
export const centreAccepts = (seen: Observation<CentreSeen>): Finding =>
  together([
    nameLeads({ pointAt: 'the Service thanos-receiver of the central cluster' })(seen),
    ...('value' in seen && seen.value.tls && seen.value.tls.refusal === undefined
      ? [accepted(seen.value)]
      : []),
  ]);

const accepted = ({ accepted: status, failure }: CentreSeen): Finding =>
  status === undefined
    ? wrong(
        `the centre refuses its certificate: ${failure ?? 'no answer'}`,
        'Run pulumi up on the central stack, then on this one.',
      )
    : well('the centre accepts its certificate');
