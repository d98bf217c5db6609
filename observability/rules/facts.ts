import type { Duration } from '../../config/units';

/**
 * Something that the central Prometheus scrapes: the label `job` of its metrics, and how many pods it has.
 */
export interface Part {
  job: string;
  replicas: number;
}

/**
 * Everything that the rules know of what is deployed: values of labels, numbers of pods, limits. Plain data,
 * so that the rules are functions of it and can be rendered, listed and tested without a stack.
 */
export interface RuleFacts {
  /** Value of the label `cluster` on the central cluster's own samples. */
  centre: string;
  edges: readonly EdgeFacts[];
  /** How long an edge and the centre may be apart without losing a sample. */
  outage: Duration;
  /** The namespace of everything that this project deploys, on every cluster. */
  namespace: string;
  /**
   * The centre's Prometheus. The agents of the edges have the same `job`, being of a release of the same
   * name.
   */
  prometheus: Part & { retention: Duration };
  alertmanager: Part;
  operator: Pick<Part, 'job'>;
  query: Part;
  queryFrontend: Part;
  receiveRouter: Part;
  receive: Part & {
    /** How many of the ingestors, from the first, get new samples. */
    ring: number;
    /** Copies of each sample. */
    replicationFactor: number;
    /** Time that one may take to read its log when it starts. */
    startup: Duration;
  };
  sidecar: Part;
  store: Part;
  compactor: Part;
  /** Absent: the stack has none, and the groups that it would evaluate are not deployed. */
  ruler?: Part;
  /** Absent: nothing is probed. */
  probes?: ProbeFacts;
  plan: PlanFacts;
}

/** What the blackbox exporter is asked, by the label `job` of what it finds. */
export interface ProbeFacts {
  /** Whether the newest sample of an edge (label `edge`) is readable through query-frontend. */
  edges: string;
  /** Receive's handshake, inside of the cluster. */
  receive: string;
  /** A request to Receive without a client certificate. */
  refusal: string;
  /** Absent: the names that people and edges know are not asked. */
  names?: {
    job: string;
    hosts: readonly {
      host: string;
      /** What answers behind it and has an alert of its own. */
      behind?: Pick<Part, 'job'>;
      /** The job of the probe that asks the same without the name. */
      inside?: string;
    }[];
  };
}

/** What the configuration plans with: what dashboards compare the running system with. */
export interface PlanFacts {
  /** Bytes that a container takes by the model of `capacity/`, by its name. */
  memory: Readonly<Record<string, number>>;
  /** Bytes that each volume of a StatefulSet takes by the model, by its claims' names without the number. */
  volumes: Readonly<Record<string, number>>;
  /** Bytes a day that all clusters add to the bucket by the model, before anything is deleted. */
  bucketPerDay: number;
}

export interface EdgeFacts {
  name: string;
  /** Series in the ingestors' heads, each counted once, above which Receive answers 429. */
  seriesLimit: number;
}

/**
 * Range of a rate: five scrapes of the longest interval that a stack may have (`scrapeInterval` in
 * config/cluster.ts). With fewer than four, one scrape that fails leaves a rate of one or two samples, or
 * none.
 */
export const rateRange = '5m';

/** A regular expression for exactly these values of a label; PromQL anchors it. */
export const oneOf = (values: readonly string[]): string => values.join('|');

/** Every part of Thanos that serves requests or works on blocks. */
export const thanosParts = (facts: RuleFacts): Part[] => [
  facts.query,
  facts.queryFrontend,
  facts.receiveRouter,
  facts.receive,
  facts.sidecar,
  facts.store,
  facts.compactor,
  ...(facts.ruler ? [facts.ruler] : []),
];

/** The ingestors that get new samples, as a matcher of `pod`. */
export const ringPods = ({ receive }: Pick<RuleFacts, 'receive'>): string =>
  oneOf(Array.from({ length: receive.ring }, (_, ordinal) => `${receive.job}-${ordinal}`));

/**
 * How many ingestors of the ring must be up for every sample to be taken: a write needs a majority of its
 * copies, of two copies one (`writeQuorum` in Thanos v0.42.4, pkg/receive/handler.go).
 */
export const ingestorsNeeded = ({ receive }: Pick<RuleFacts, 'receive'>): number => {
  const copies = receive.replicationFactor;
  const quorum = copies === 2 ? 1 : Math.floor(copies / 2) + 1;
  return receive.ring - (copies - quorum);
};
