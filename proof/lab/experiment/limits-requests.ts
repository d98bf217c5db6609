import { agentBatch, requestLimits } from '../../../capacity/write-limits';
import type { LimitedReceive } from '../limited-receive';
import { writeRequest, type WrittenSeries } from '../remote-write';
import { Sender } from '../sender';

const one = (number: number, padding: number, samples = 1): WrittenSeries => ({
  // A label without a value is refused with 409.
  labels: { __name__: 'kube_pod_info', pod: `pod-${number}`, padding: `x${'x'.repeat(padding)}` },
  samples: Array.from({ length: samples }, (_, i) => ({ value: i, timestamp: Date.now() - samples + i })),
});
const many = (count: number, padding = 0) => Array.from({ length: count }, (_, i) => one(i, padding));

/** A request of exactly so many bytes, uncompressed: the padding of the last series fills it. */
function ofSize(bytes: number): WrittenSeries[] {
  const most = many(1000, 1000);
  const rest = bytes - writeRequest(most).length;
  const fillers = (length: number) => [...most, one(1000, length)];
  let padding = rest;
  while (writeRequest(fillers(padding)).length > bytes) padding -= 1;
  return fillers(padding);
}

/** What is answered at each limit of a request, and one above it; and to the largest batch of our agents. */
export async function requestEdges(
  receive: LimitedReceive,
  print: (what: string, result: unknown) => void,
): Promise<void> {
  const { size, series, samples } = requestLimits({});
  const status = async (tenant: string, request: WrittenSeries[]) => {
    const sender = new Sender(receive.remoteWritePort, tenant);
    const answer = await sender.send(request);
    sender.close();
    return answer.status;
  };
  const longSeries = many(agentBatch.series, 1024);
  print(
    `largest batch of an agent: ${agentBatch.series} series, ${writeRequest(longSeries).length} bytes`,
    await status('batch', longSeries),
  );
  print(`${series} series`, await status('series', many(series)));
  print(`${series + 1} series`, await status('series', many(series + 1)));
  print(`${samples} samples in one series`, await status('samples', [one(0, 0, samples)]));
  print(`${samples + 1} samples in one series`, await status('samples', [one(0, 0, samples + 1)]));
  // The wire's bytes count as well, and a literal of snappy is nine bytes longer than its content.
  const wire = 9;
  print(`${size.bytes} bytes on the wire`, await status('size', ofSize(size.bytes - wire)));
  print(`${size.bytes + 1} bytes on the wire`, await status('size', ofSize(size.bytes - wire + 1)));
}
