import { homedir } from 'node:os';
import { join } from 'node:path';

/** The repository. */
export const repository = join(__dirname, '..', '..');

const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'monitoring-sandbox');

/** Built tools; kept by `down`, since they take long to build and never change. */
export const builtTools = join(cache, 'bin');

/** Official programs, each in a folder that its sum names; kept by `down` too. */
export const downloadedTools = join(cache, 'downloads');

/** Everything a running sandbox is made of; `down` removes it. Holds keys: readable by its owner only. */
export const state = join(cache, '.sandbox');

/** Who uses the sandbox; beside the state, so that `down` holds it until the state is gone. */
export const lockFile = join(cache, 'lock.json');

export const logs = join(state, 'logs');

/** Links to the tools in use, first on the sandbox's PATH. */
export const toolLinks = join(state, 'bin');
