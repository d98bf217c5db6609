import protobuf from 'google-protobuf';
import type { Labels } from './query-client';

/** A series with samples, as Prometheus' remote write sends them. */
export interface TimeSeries {
  /** With `__name__`. */
  labels: Readonly<Labels>;
  samples: readonly {
    value: number;
    /** Unix time in milliseconds. */
    timestamp: number;
  }[];
}

/**
 * The message `prometheus.WriteRequest` of remote write 1.0 (field numbers: prompb/remote.proto and
 * prompb/types.proto of Prometheus). Labels are sorted by name, which receivers demand.
 */
export function writeRequest(series: readonly TimeSeries[]): Uint8Array {
  const request = new protobuf.BinaryWriter();
  for (const one of series) {
    request.writeMessage(1, one, ({ labels, samples }: TimeSeries, timeSeries: protobuf.BinaryWriter) => {
      const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
      for (const label of sorted) {
        timeSeries.writeMessage(
          1,
          label,
          ([name, value]: [string, string], writer: protobuf.BinaryWriter) => {
            writer.writeString(1, name);
            writer.writeString(2, value);
          },
        );
      }
      for (const sample of samples) {
        timeSeries.writeMessage(2, sample, (s: typeof sample, writer: protobuf.BinaryWriter) => {
          writer.writeDouble(1, s.value);
          writer.writeInt64(2, s.timestamp);
        });
      }
    });
  }
  return request.getResultBuffer();
}
