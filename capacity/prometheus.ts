import { Duration } from '../config/units';
import { ballastTerm } from './ballast';
import { server } from './constants';
import { times, type Need } from './need';
import type { Plan } from './plan';
import { blockTerms, headTerms, unfinishedChunks } from './server-disk';

/** Blocks that must stay until the sidecar has uploaded them, with one to spare. */
const heldBack = Duration.parse('4h');

/** Memory of one Prometheus of the central cluster. */
export const prometheusMemory = ({ central }: Plan): Need => ({
  component: 'prometheus',
  resource: 'memory',
  key: 'prometheus.resources.limits.memory',
  pods: central.replicas,
  terms: [
    { what: 'the process', bytes: server.memory },
    times(central.series, 'series', server.memoryPerSeries),
  ],
});

/**
 * The least `retentionSize`: it counts the head and its log too (`Head.Size` in Prometheus v3.14.0), and when
 * they alone exceed it, blocks are deleted before the sidecar has uploaded them.
 */
export const prometheusDisk = (plan: Plan): Need => ({
  component: 'prometheus',
  resource: 'disk',
  key: 'prometheus.retentionSize',
  pods: plan.central.replicas,
  terms: [...headTerms(plan.central.series, plan), ...blockTerms(plan.central.series, heldBack, plan)],
});

/**
 * The least volume: `retentionSize` counts neither the chunk file of a block that is being written nor the
 * ballast.
 */
export const prometheusVolume = ({ central }: Plan): Need => ({
  component: 'prometheus',
  resource: 'disk',
  key: 'prometheus.storage',
  pods: central.replicas,
  terms: [{ what: 'retentionSize', bytes: central.retentionSize.bytes }, unfinishedChunks(), ballastTerm()],
});

/**
 * What `prometheus.retention` would take if `retentionSize` let it; it is not demanded, the bucket has the
 * rest.
 */
export const wholeRetention = (plan: Plan) => [
  ...headTerms(plan.central.series, plan),
  ...blockTerms(plan.central.series, plan.central.retention, plan),
];

export const prometheusNeeds = (plan: Plan): Need[] => [
  prometheusMemory(plan),
  prometheusDisk(plan),
  prometheusVolume(plan),
];
