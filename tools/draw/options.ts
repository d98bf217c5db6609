import { InvalidArgumentError } from '@commander-js/extra-typings';
import { Duration, UnitError } from '../../config/units';
import { UserError } from '../command-line';
import { onPath } from '../programs';

/** Reads the address of a Query, for commander. */
export function address(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '') return url;
  throw new InvalidArgumentError(
    'An address such as https://thanos-query.example.com or http://127.0.0.1:9090 is needed, without a user.',
  );
}

/** Reads how far back is looked, for commander. */
export function lookback(text: string): Duration {
  try {
    return Duration.parse(text);
  } catch (error) {
    if (!(error instanceof UnitError)) throw error;
    throw new InvalidArgumentError(`Needed is ${Duration.allowed}.`);
  }
}

/** How far a dashboard looks back at first, `now-6h`. */
export const lookbackOf = (from = 'now-6h'): Duration => Duration.parse(from.replace(/^now-/, ''));

/**
 * The path of Chromium, which Debian and others have under one of two names.
 *
 * @throws UserError when it is not installed
 */
export function chromiumPath(): string {
  const path = onPath('chromium') ?? onPath('chromium-browser');
  if (path !== undefined) return path;
  throw new UserError('chromium: in no folder of PATH. Install it: apt-get install chromium');
}
