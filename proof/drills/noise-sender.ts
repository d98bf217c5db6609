import { setTimeout as sleep } from 'node:timers/promises';
import { encoded, RemoteWriter } from '../samples/remote-write';
import type { Noise, NoiseOptions } from './noise';

/** Samples in a request, and requests at the same time, both as an agent has them. */
const batch = 2000;
const shards = 10;

/** Milliseconds between two samples of a series, as short as scrape intervals get. */
const interval = 5000;

async function run(options: NoiseOptions): Promise<Noise> {
  const writer = new RemoteWriter(options.address, options.tls, options.connection);
  const noise: Noise = { accepted: 0, limited: 0, failed: 0, firstRefused: undefined };
  const began = performance.now();
  const elapsed = () => performance.now() - began;
  const over = () => elapsed() >= options.seconds * 1000;
  const grown = () => Math.min(1, elapsed() / (options.growing * 1000));

  const send = async (body: Buffer): Promise<boolean> => {
    const status = await writer.sendEncoded(body).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) noise.accepted += batch;
    else if (status === 429) {
      noise.limited += batch;
      noise.firstRefused ??= elapsed();
    } else noise.failed += batch;
    return status === 200;
  };
  const body = (shard: number, part: number) => {
    const timestamp = Date.now();
    const own = Math.max(batch, (options.series / shards) * grown());
    const series = Array.from({ length: batch }, (_, i) => ({
      labels: {
        __name__: 'noise',
        run: options.run,
        number: `${shard}-${Math.floor((part * batch + i) % own)}`,
      },
      samples: [{ value: 1, timestamp }],
    }));
    return encoded(series);
  };

  const asAgent = async (shard: number) => {
    const parts = Math.ceil(options.series / shards / batch);
    for (let round = 1; !over(); round++) {
      for (let part = 0; part < parts && !over(); part++) {
        const request = body(shard, part);
        for (let pause = 30; !over() && !(await send(request)); pause = Math.min(5000, pause * 2))
          await sleep(pause);
      }
      await sleep(Math.max(0, round * interval - elapsed()));
    }
  };
  const asFlood = async (shard: number) => {
    let request = body(shard, 0);
    for (let part = 1; !over(); part++) {
      // Once it is refused, another body would only cost the sender.
      if (await send(request)) request = body(shard, part);
    }
  };
  const sender = options.manner === 'agent' ? asAgent : asFlood;
  await Promise.all(Array.from({ length: shards }, (_, shard) => sender(shard)));
  writer.close();
  return noise;
}

process.once('message', (options) => {
  void run(options as NoiseOptions).then((noise) => process.send?.(noise));
});
