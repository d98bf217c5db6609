import { setTimeout as sleep } from 'node:timers/promises';
import { expectedRequest, requestLimits, writeConcurrency } from '../../../capacity/write-limits';
import type { Quantity } from '../../../config/units';
import type { LimitedReceive } from '../limited-receive';
import { scrapeMetrics, total } from '../metrics';
import { writeRequest, type TimeSeries } from '../../samples/write-request';
import { latency, Sender, statuses, unfinishedRequest } from '../sender';
import { snappyLength, snappyLiteral } from '../../samples/snappy-literal';

type Print = (what: string, result: unknown) => void;

const waiting = 'thanos_receive_write_request_concurrent_gate_write_requests_in_flight';

/** Takes every place at the gate by requests that are not finished, and prints what the others get then. */
export async function slowSenders(
  receive: LimitedReceive,
  memory: Quantity,
  quiet: Sender,
  print: Print,
): Promise<void> {
  const places = writeConcurrency(memory, expectedRequest([]));
  quiet.taken();
  const sockets = await Promise.all(
    Array.from({ length: places }, () => unfinishedRequest(receive.remoteWritePort, 'noisy-slow', 1000)),
  );
  for (const after of [20, 40, 120]) {
    await sleep((after - (after === 20 ? 0 : after === 40 ? 20 : 40)) * 1000);
    const answers = quiet.taken();
    const inFlight = total(await scrapeMetrics(receive.routerHttp), waiting);
    print(`${places} unfinished requests, ${after} s: quiet edge (at the gate: ${inFlight})`, {
      ...statuses(answers),
      p99: Math.round(latency(answers, 0.99)),
    });
  }
  for (const socket of sockets) socket.destroy();
  await sleep(5000);
  quiet.taken();
  await sleep(10_000);
  const answers = quiet.taken();
  print('connections closed: quiet edge', {
    ...statuses(answers),
    p99: Math.round(latency(answers, 0.99)),
  });
}

/** Prints the memory of a router whose ingestors do not answer, for each byte of the requests it works on. */
export async function underWay(
  receive: LimitedReceive,
  memory: Quantity,
  copies: number,
  print: Print,
): Promise<void> {
  await receive.router?.stop();
  await receive.startRouter(copies);
  const largest = requestLimits({}).size;
  // As many as fill the memory, when each is as large as an edge may send it.
  const places = writeConcurrency(memory, largest);
  const body = snappyLiteral(writeRequest(realistic(Math.floor(largest.bytes / 1100))));
  const before = receive.router?.memory().now ?? 0;
  receive.ingestor?.signal('SIGSTOP');
  const sender = new Sender(receive.remoteWritePort, 'memory');
  const answers = await Promise.all(Array.from({ length: places }, () => sender.sendBody(body)));
  receive.ingestor?.signal('SIGCONT');
  sender.close();
  const most = receive.router?.memory().most ?? 0;
  const factor = Math.round(((most - before) / (places * body.length)) * 10) / 10;
  print(`${places} requests of ${body.length} bytes, ${copies} copies, ingestor paused`, statuses(answers));
  print(`  memory of the router at most ${Math.round(most / 2 ** 20)} MiB: for each byte`, factor);
}

/** Series of about 1 KiB with twelve labels, as cAdvisor's. */
const realistic = (count: number): TimeSeries[] =>
  Array.from({ length: count }, (_, i) => ({
    labels: {
      __name__: 'container_memory_working_set_bytes',
      id: `/kubepods.slice/${'x'.repeat(300)}`,
      image: 'y'.repeat(200),
      ...Object.fromEntries(Array.from({ length: 9 }, (_, label) => [`label_${label}`, 'z'.repeat(32)])),
      pod: `pod-${i}`,
    },
    samples: [{ value: i, timestamp: Date.now() }],
  }));

/**
 * Sends a body of a few hundred bytes that says it is a gibibyte long: Receive decompresses before it
 * compares the size. The block is one byte, a copy of it, and repeats of 16 MiB each (S2's extension of
 * snappy, which Receive reads).
 */
export async function decompressed(receive: LimitedReceive, print: Print): Promise<void> {
  const repeats = 64;
  const repeated = 0xffffff + 65_536 + 4;
  const repeat = [0x1d, 0x00, 0xff, 0xff, 0xff];
  const body = Buffer.from([
    ...snappyLength(5 + repeats * repeated),
    ...[0x00, 0x0a],
    ...[0x01, 0x01],
    ...Array.from({ length: repeats }, () => repeat).flat(),
  ]);
  const sender = new Sender(receive.remoteWritePort, 'bomb');
  const before = receive.router?.memory().most ?? 0;
  const { status } = await sender.sendBody(body);
  sender.close();
  const most = receive.router?.memory().most ?? 0;
  print(`a request of ${body.length} bytes that decompresses to 1 GiB: status`, status);
  print(
    `  memory of the router, at most, before and after (MiB)`,
    [before, most].map((b) => Math.round(b / 2 ** 20)),
  );
}
