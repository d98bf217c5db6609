import { UserError } from '../tools/command-line';

/** A check that found something else than it should; the message says what was found. */
export class Failure extends UserError {
  override name = 'Failure';

  constructor(message: string, options: ErrorOptions = {}) {
    super(message, { ...options, exitCode: 1 });
  }
}
