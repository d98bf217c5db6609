import { Duration } from '../config/units';
import { agentDisk } from './agent';
import { total, type Term } from './need';
import type { EdgePlan, Plan } from './plan';
import { ingestorLog } from './receive';
import { rulerLog } from './ruler';
import { headTerms } from './server-disk';

/*
 * Time that each part gets to read its log when it starts, from the sum by which its volume is sized. Who is
 * killed before the end begins anew, and never ends.
 */

/**
 * Bytes of its log that a program reads in a second: the agent was measured at 22 to 32 MB/s on a busy disk
 * (docs/capacity.md, Starting). Heads were not measured; they read the same records.
 */
const readRate = 20e6;

/** How many times as long it may take: slower disks, and more series than planned. */
const margin = 2;

/** Least time, the operator's own default: images, volumes and blocks take a part of it. */
const least = Duration.parse('15m');

/** Time to read a log of these bytes: twice what it takes at 20 MB/s, at least 15m. */
const readingTime = (log: readonly Term[]): Duration =>
  Duration.ofSeconds(Math.max(least.seconds, Math.ceil((margin * total(log)) / readRate)));

/** Of an agent of so many series: its log is all that is on its volume. */
export const agentStartup = (series: number, plan: EdgePlan): Duration =>
  readingTime(agentDisk(series, plan).terms);

/** Of a Prometheus of the central cluster. */
export const prometheusStartup = (plan: Plan): Duration => readingTime(headTerms(plan.central.series, plan));

/** Of the fullest ingestor, just after the backlog of an outage. */
export const ingestorStartup = (plan: Plan): Duration => readingTime(ingestorLog(plan));

/** Of a Ruler. */
export const rulerStartup = (plan: Plan): Duration => readingTime(rulerLog(plan));
