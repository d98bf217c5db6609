import { BinaryReader } from 'google-protobuf';
import { writeRequest } from '../../../proof/samples/write-request';

/** Reads a message as its fields, with the given reader for each field number. */
function fields(reader: BinaryReader, read: Record<number, (reader: BinaryReader) => unknown>): unknown[] {
  const found: unknown[] = [];
  while (reader.nextField()) found.push(read[reader.getFieldNumber()]?.(reader));
  return found;
}

const inner = (read: Record<number, (reader: BinaryReader) => unknown>) => (reader: BinaryReader) =>
  fields(new BinaryReader(reader.readBytes()), read);

const text = (reader: BinaryReader) => reader.readString();
const label = inner({ 1: text, 2: text });
const sample = inner({ 1: (r) => r.readDouble(), 2: (r) => r.readInt64() });

describe('a remote-write request', () => {
  it('holds each series with its labels in the order of their names, then its samples', () => {
    const bytes = writeRequest([
      {
        labels: { job: 'e2e', __name__: 'up', cluster: 'evil' },
        samples: [
          { value: 1.5, timestamp: 1_790_000_000_123 },
          { value: -2, timestamp: 1_790_000_015_123 },
        ],
      },
      { labels: { __name__: 'other' }, samples: [] },
    ]);
    expect(fields(new BinaryReader(bytes), { 1: inner({ 1: label, 2: sample }) })).toEqual([
      [
        ['__name__', 'up'],
        ['cluster', 'evil'],
        ['job', 'e2e'],
        [1.5, 1_790_000_000_123],
        [-2, 1_790_000_015_123],
      ],
      [['__name__', 'other']],
    ]);
  });
});
