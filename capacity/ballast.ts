import { block } from './constants';
import type { Term } from './need';

/**
 * Bytes that lie idle on the volume of each process with a head, and are given back when the volume is full:
 * what a block takes while it is written. Only a written block lets the head's log shrink, so with less a
 * process would start again and fill the rest.
 */
export const ballast = block.preallocated;

/** Their part of a volume. */
export const ballastTerm = (): Term => ({ what: 'kept free for when it is full', bytes: ballast });
