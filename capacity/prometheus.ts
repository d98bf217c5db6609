import { Duration } from '../config/units';
import { block, server } from './constants';
import { times, type Need } from './need';
import { sampleRate, type Plan } from './plan';
import { loggedBlocks } from './receive';

/** Prometheus' own blocks of 2 h, whatever length Receive's have: what the head's log spans. */
const logged = Duration.parse('2h').times(loggedBlocks);

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

const head = (plan: Plan) => {
  const samples = sampleRate(plan.central.series, plan) * logged.seconds;
  return [
    times(samples, `samples of ${logged.toString()} in the log`, server.walPerSample),
    times(samples, `samples of ${logged.toString()} in chunks of the head`, block.chunksPerSample),
  ];
};

const blocks = (plan: Plan, time: Duration) => [
  times(
    sampleRate(plan.central.series, plan) * time.seconds,
    `samples of ${time.toString()} in blocks`,
    block.chunksPerSample,
  ),
  times((plan.central.series * time.hours) / 2, 'series in their indexes', block.indexPerSeries),
];

/**
 * The least `retentionSize`: it counts the head and its log too (`Head.Size` in Prometheus v3.14.0), and when
 * they alone exceed it, blocks are deleted before the sidecar has uploaded them.
 */
export const prometheusDisk = (plan: Plan): Need => ({
  component: 'prometheus',
  resource: 'disk',
  key: 'prometheus.retentionSize',
  pods: plan.central.replicas,
  terms: [...head(plan), ...blocks(plan, heldBack)],
});

/** The least volume: `retentionSize` does not count the chunk file of a block that is being written. */
export const prometheusVolume = ({ central }: Plan): Need => ({
  component: 'prometheus',
  resource: 'disk',
  key: 'prometheus.storage',
  pods: central.replicas,
  terms: [
    { what: 'retentionSize', bytes: central.retentionSize.bytes },
    times(1, 'chunk file of a block being written', block.preallocated),
  ],
});

/**
 * What `prometheus.retention` would take if `retentionSize` let it; it is not demanded, the bucket has the
 * rest.
 */
export const wholeRetention = (plan: Plan) => [...head(plan), ...blocks(plan, plan.central.retention)];

export const prometheusNeeds = (plan: Plan): Need[] => [
  prometheusMemory(plan),
  prometheusDisk(plan),
  prometheusVolume(plan),
];
