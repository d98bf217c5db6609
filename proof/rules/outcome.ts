/** What one step of `npm run rules` came to. */
export interface Outcome {
  /** What holds, or should, with its numbers. */
  title: string;
  /** What is wrong, in lines; empty: all is well. */
  wrong: string[];
}
