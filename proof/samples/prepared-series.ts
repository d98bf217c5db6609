import type { Labels } from './query-client';
import { writeRequest } from './write-request';

/** A number as protobuf writes it: seven bits a byte, the lowest first. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}

/**
 * A series whose labels are encoded once, for a load that sends it again and again: encoding them anew takes
 * most of the time of a request.
 */
export class PreparedSeries {
  private readonly labels: Buffer;

  constructor(labels: Labels) {
    const request = Buffer.from(writeRequest([{ labels, samples: [] }]));
    // After what says that one series follows, a byte, and its length: up to the first byte below 128.
    this.labels = request.subarray(request.findIndex((byte, i) => i > 0 && byte < 128) + 1);
  }

  /**
   * The series with one sample, as a part of a write request: requests are such parts one after the other.
   *
   * @param timestamp Unix time in milliseconds
   */
  with(value: number, timestamp: number): Buffer {
    const time = varint(timestamp);
    // Field 2, a message: field 1, the value as eight bytes; field 2, the time.
    const sample = Buffer.alloc(2 + 9 + 1 + time.length);
    sample[0] = 0x12;
    sample[1] = sample.length - 2;
    sample[2] = 0x09;
    sample.writeDoubleLE(value, 3);
    sample[11] = 0x10;
    sample.set(time, 12);
    const length = varint(this.labels.length + sample.length);
    return Buffer.concat([Buffer.from([0x0a, ...length]), this.labels, sample]);
  }
}
