'use strict';
/*
 * What Pulumi runs ("main" in package.json). index.ts and all that it imports become one file, anew at every
 * run: it is never older than the sources, and loads faster than a hundred files that are compiled one by one
 * (docs/adr/0009-what-a-preview-loads.md). Types are checked by `npm run check`; at every preview it would
 * cost seconds.
 */
require('./tools/supported-node');
const { mkdirSync, renameSync, writeFileSync } = require('node:fs');
const { enableCompileCache } = require('node:module');
const { join } = require('node:path');
const { build, formatMessagesSync } = require('esbuild');

// Where `npm ci` clears it.
const cache = join(__dirname, 'node_modules', '.cache', 'monitoring');

// Node.js has it from 22.8 on.
if (enableCompileCache) enableCompileCache(join(cache, 'compiled'));

/**
 * Compiles the program in a process of esbuild's, and loads meanwhile what takes longest of its packages.
 *
 * @returns {Promise<string>} path of the compiled file, which holds its source map for the stack traces
 */
async function compile() {
  const compiled = build({
    entryPoints: [join(__dirname, 'index.ts')],
    outfile: join(cache, 'program.js'),
    write: false,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'silent',
  });
  require('zod');
  require('yaml');
  const [{ contents }] = (await compiled).outputFiles;
  mkdirSync(cache, { recursive: true });
  const path = join(cache, 'program.js');
  // Two stacks may be previewed at once, and neither may read half of a file.
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, contents);
  renameSync(unfinished, path);
  return path;
}

/** Runs an action, and shows what esbuild finds wrong in the sources without esbuild's own stack trace. */
async function explained(action) {
  try {
    return await action();
  } catch (error) {
    if (!Array.isArray(error.errors)) throw error;
    const { RunError } = require('@pulumi/pulumi');
    throw new RunError(formatMessagesSync(error.errors, { kind: 'error' }).join(''));
  }
}

// Pulumi calls what a program exports, once: it would take a function that comes back for the outputs.
module.exports = async () => require(await explained(compile))();
