import { Duration } from '../config/units';
import { block, server } from './constants';
import { times, type Term } from './need';
import { sampleRate, type Plan } from './plan';
import { loggedBlocks } from './receive';

/** Length of the blocks of Prometheus and Ruler, whatever length Receive's have. */
export const serverBlock = Duration.parse('2h');

/** What the head's log spans. */
const logged = serverBlock.times(loggedBlocks);

/** What the head of a Prometheus or a Ruler has on its volume. */
export const headTerms = (series: number, plan: Plan): Term[] => {
  const samples = sampleRate(series, plan) * logged.seconds;
  return [
    times(samples, `samples of ${logged.toString()} in the log`, server.walPerSample),
    times(samples, `samples of ${logged.toString()} in chunks of the head`, block.chunksPerSample),
  ];
};

/** Blocks of 2 h, over some time. */
export const blockTerms = (series: number, time: Duration, plan: Plan): Term[] => [
  times(
    sampleRate(series, plan) * time.seconds,
    `samples of ${time.toString()} in blocks`,
    block.chunksPerSample,
  ),
  times((series * time.hours) / 2, 'series in their indexes', block.indexPerSeries),
];

/** `retentionSize` does not count it, nor do blocks. */
export const unfinishedChunks = (): Term =>
  times(1, 'chunk file of a block being written', block.preallocated);
