import { agentBatch, requestLimits } from '../../../capacity/write-limits';
import type { LimitedReceive } from '../limited-receive';
import { encoded } from '../../samples/remote-write';
import { writeRequest, type TimeSeries } from '../../samples/write-request';
import { Sender } from '../sender';
import { snappyLiteral } from '../../samples/snappy-literal';

const one = (number: number, padding: number, samples = 1): TimeSeries => ({
  // Receive answers a label without a value with 409.
  labels: { __name__: 'kube_pod_info', pod: `pod-${number}`, padding: `x${'x'.repeat(padding)}` },
  samples: Array.from({ length: samples }, (_, i) => ({ value: i, timestamp: Date.now() - samples + i })),
});
const many = (count: number, padding = 0) => Array.from({ length: count }, (_, i) => one(i, padding));

/** Body of exactly so many bytes, not compressed: the padding of the last series fills it. */
function ofSize(bytes: number): Buffer {
  const most = many(1000, 1000);
  const body = (padding: number) => snappyLiteral(writeRequest([...most, one(1000, padding)]));
  let padding = bytes - body(0).length;
  while (body(padding).length > bytes) padding -= 1;
  return body(padding);
}

/** Prints the answer at each limit of a request and one above it, and to the largest batch of our agents. */
export async function requestEdges(
  receive: LimitedReceive,
  print: (what: string, result: unknown) => void,
): Promise<void> {
  const { size, series, samples } = requestLimits({});
  const answered = async (tenant: string, body: Buffer) => {
    const sender = new Sender(receive.remoteWritePort, tenant);
    const { status } = await sender.sendBody(body);
    sender.close();
    return status;
  };
  const status = (tenant: string, request: TimeSeries[]) => answered(tenant, encoded(request));
  const longSeries = many(agentBatch.series, 1024);
  print(
    `largest batch of an agent: ${agentBatch.series} series, ${writeRequest(longSeries).length} bytes`,
    await status('batch', longSeries),
  );
  print(`${series} series`, await status('series', many(series)));
  print(`${series + 1} series`, await status('series', many(series + 1)));
  print(`${samples} samples in one series`, await status('samples', [one(0, 0, samples)]));
  print(`${samples + 1} samples in one series`, await status('samples', [one(0, 0, samples + 1)]));
  // Not compressed, a body is compared on the wire: there it is a few bytes longer than decompressed.
  print(`${size.bytes} bytes on the wire`, await answered('size', ofSize(size.bytes)));
  print(`${size.bytes + 1} bytes on the wire`, await answered('size', ofSize(size.bytes + 1)));
}
