'use strict';
/*
 * What the engine runs of the pack. pack.ts and the policies beside this folder become one file, anew at every
 * run, as the program's own sources do (program.js): nothing to build, and never older than the policies.
 *
 * The engine would compile TypeScript itself, with a compiler of 2020 that fails over a tsconfig.json of today
 * before it has read a line; so the one for `npm run check` is called types.json.
 */
const { join } = require('node:path');
const { buildSync } = require('esbuild');

const outfile = join(__dirname, 'node_modules', '.cache', 'pack.js');

buildSync({
  entryPoints: [join(__dirname, 'pack.ts')],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  sourcemap: 'inline',
  logLevel: 'warning',
});

require(outfile);
