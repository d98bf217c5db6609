/** One series of a remote-write request. */
export interface WrittenSeries {
  labels: Readonly<Record<string, string>>;
  samples: readonly { value: number; timestamp: number }[];
}

/**
 * Sends samples as one remote-write request of version 1, without an agent: with any timestamp and for any tenant.
 *
 * @param base URL of a receiver, without path
 * @throws Error with the receiver's answer when it is not 2xx
 */
export async function remoteWrite(
  base: string,
  tenant: string,
  series: readonly WrittenSeries[],
): Promise<void> {
  const response = await fetch(`${base}/api/v1/receive`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-protobuf',
      'Content-Encoding': 'snappy',
      'X-Prometheus-Remote-Write-Version': '0.1.0',
      'THANOS-TENANT': tenant,
    },
    body: new Uint8Array(snappyLiteral(writeRequest(series))),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${response.status}: ${answer.slice(0, 300)}`);
}

/** The protobuf message prometheus.WriteRequest; labels are sorted by name, as receivers demand. */
export function writeRequest(series: readonly WrittenSeries[]): Buffer {
  return Buffer.concat(series.map((one) => field(1, timeSeries(one))));
}

function timeSeries({ labels, samples }: WrittenSeries): Buffer {
  const names = Object.keys(labels).sort();
  return Buffer.concat([
    ...names.map((name) =>
      field(1, Buffer.concat([field(1, Buffer.from(name)), field(2, Buffer.from(labels[name] ?? ''))])),
    ),
    ...samples.map(({ value, timestamp }) => {
      const double = Buffer.alloc(9);
      double[0] = (1 << 3) | 1;
      double.writeDoubleLE(value, 1);
      return field(2, Buffer.concat([double, Buffer.from([2 << 3]), varint(timestamp)]));
    }),
  ]);
}

/** A length-delimited field. */
const field = (number: number, content: Buffer) =>
  Buffer.concat([Buffer.from([(number << 3) | 2]), varint(content.length), content]);

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt(value);
  do {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Buffer.from(bytes);
}

/** A snappy block of one literal: valid, and not compressed. */
export function snappyLiteral(content: Buffer): Buffer {
  const tag = Buffer.alloc(5);
  // The tag of a literal whose length, less one, follows in four bytes.
  tag[0] = 63 << 2;
  tag.writeUInt32LE(content.length - 1, 1);
  return Buffer.concat([varint(content.length), tag, content]);
}
