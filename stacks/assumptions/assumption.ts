/** What the program takes for granted of a cluster that it does not make itself. */
export interface Assumption {
  what: string;
  /** The files that rest on it. */
  where: readonly string[];
  /** The keys that say otherwise; none: a prerequisite, which no key can change. */
  keys: readonly string[];
  /** Who notices that it does not hold, and what is seen then. */
  noticed: string;
  /**
   * What of it stands in rendered objects and comes neither from the configuration nor from what the stack
   * makes itself, as `tests/invariants/outside.ts` writes it down. Whatever is in no list fails a test.
   */
  constants?: readonly string[];
}

/** Assumptions about one part of a cluster. */
export interface Assumptions {
  about: string;
  all: readonly Assumption[];
}
