import { alerting, operatorsOfEdges } from './alerting';
import { capacity, centralCapacity } from './capacity';
import { edgeAnswers } from './edge-answers';
import { edgeRemoteWrite } from './edge-remote-write';
import { edgeArrival, edgeFreshness, edgeMemory, edgeSilence } from './edges';
import type { RuleFacts } from './facts';
import { freshnessObjectiveRules, ingestObjectiveRules } from './objectives';
import { plan } from './plan';
import { probes } from './probes';
import type { RuleGroup } from './rule-group';
import { targets } from './targets';
import { thanosBucket } from './thanos-bucket';
import { thanosCompactor } from './thanos-compactor';
import { thanosPresence } from './thanos-parts';
import { thanosQuery } from './thanos-query';
import { thanosReceive } from './thanos-receive';
import { thanosRequests } from './thanos-requests';
import { thanosRuler } from './thanos-ruler';
import { watchdogs } from './watchdogs';

/**
 * Every group of rules of ours but the certificates' (`certificates.ts`), whose ends only the deployed stack
 * knows; `evaluator` of each says who evaluates it. A further one is a file in this folder and a line here;
 * the metrics that the Ruler reads of every edge go into `edge-metrics.ts`.
 *
 * Without a Ruler nobody evaluates what is about the edges; what is about any cluster the Prometheus does,
 * for its own.
 */
export const ruleGroups = (facts: RuleFacts): RuleGroup[] => {
  const ofAnyCluster = [...targets(facts), capacity(facts)];
  const ofEdges = [
    edgeFreshness(facts),
    edgeMemory(facts),
    edgeSilence(facts),
    edgeArrival(facts),
    edgeRemoteWrite(facts),
    operatorsOfEdges(facts),
    freshnessObjectiveRules(facts),
  ];
  const ofCentre = [
    edgeAnswers(facts),
    thanosPresence(facts),
    thanosRequests(facts),
    thanosReceive(facts),
    thanosQuery(facts),
    thanosBucket(facts),
    thanosCompactor(facts),
    ...thanosRuler(facts, recording([...ofEdges, ...ofAnyCluster])),
    alerting(facts),
    centralCapacity(facts),
    ingestObjectiveRules(facts),
    probes(facts),
    plan(facts),
  ];
  const all = facts.ruler
    ? [...watchdogs(facts), ...ofEdges, ...ofAnyCluster, ...ofCentre]
    : [...watchdogs(facts), ...ofAnyCluster.map(byPrometheus), ...ofCentre];
  return all.filter(({ rules }) => rules.length > 0);
};

const recording = (groups: readonly RuleGroup[]): string[] =>
  groups.flatMap(({ name, rules }) => (rules.some((rule) => 'record' in rule) ? name : []));

/** What it scrapes itself is there at once: nothing to wait for. */
const byPrometheus = ({ name, interval, rules }: RuleGroup): RuleGroup => ({
  name,
  evaluator: 'prometheus',
  ...(interval !== undefined && { interval }),
  rules,
});
