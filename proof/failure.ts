/** A check that found something else than it should; the message says what was found. */
export class Failure extends Error {
  override name = 'Failure';
}
