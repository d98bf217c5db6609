import { Duration } from '../config/units';

/**
 * Time beyond the outage itself until the oldest sample of a backlog has arrived: an agent tries again after 5 s at most,
 * then names must resolve, load balancers find their backends, and the first requests pass a Receive that all edges write
 * to again. An agent that was restarted meanwhile sends its newest samples at once, and each of them makes those of the
 * other agent's backlog older: a window of exactly the outage lost 15 s of 600 (docs/outage.md).
 */
const reconnecting = Duration.parse('30m');

/**
 * How old a sample may be when it arrives, for everything that must still take it: the agents' logs, Receive's out-of-order
 * window and retention, query-frontend's cache. The promised outage and half an hour.
 */
export const lateness = (outage: Duration): Duration => outage.plus(reconnecting);
