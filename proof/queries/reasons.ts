/** A kind of reason why a query answers nothing, though nothing is wrong with it. */
export interface Reason {
  name: string;
  /** Whether it may answer on another day: then an answer is no fault of the list. */
  passing: boolean;
}

/** Every kind; a row of the list has one of them, and a colon with more behind it where that helps. */
export const reasons: readonly Reason[] = [
  { name: 'no alert fires', passing: true },
  { name: 'nothing failed', passing: true },
  { name: 'nothing happened yet', passing: true },
  { name: 'needs more time', passing: true },
  { name: 'control plane not scraped', passing: false },
  { name: 'no such node', passing: false },
  { name: 'not in this kind of cluster', passing: false },
  { name: 'not sent by edges', passing: false },
  { name: 'not on the lab', passing: false },
  { name: 'not used on the lab', passing: false },
  { name: 'fault of the chart', passing: false },
];

/** The kind that a reason is of; undefined: of none. */
export const kindOf = (reason: string): Reason | undefined =>
  reasons.find(({ name }) => reason === name || reason.startsWith(`${name}: `));
