/**
 * The hashring file of Receive's routers: one ring for every tenant, with each ingestor once.
 *
 * How series are spread is not said here but by the flag `--receive.hashrings-algorithm`: the flag alone also
 * tells Receive that a change of the ring needs no flush.
 *
 * @param addresses host and gRPC port of each ingestor; appending to them moves the fewest series
 */
export const hashringFile = (addresses: string[]): string =>
  `${JSON.stringify([{ hashring: 'default', endpoints: addresses.map((address) => ({ address })) }], null, 2)}\n`;
