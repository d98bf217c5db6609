'use strict';
/*
 * Ends whatever loads it on a Node.js older than package.json's `engines` allow, with a sentence in the place
 * of a stack trace. Plain JavaScript of long ago, since it has to run on what it refuses: npm runs it before
 * it installs, Pulumi's program and every script load it first.
 */
var engines = require('../package.json').engines.node;

/**
 * @param {string} version such as `v18.20.8`
 * @returns {string | undefined} what to tell the user; undefined: the version serves
 */
function refusal(version) {
  var least = engines.replace('>=', '').split('.').map(Number);
  var found = version.replace('v', '').split('.').map(Number);
  if (found[0] > least[0] || (found[0] === least[0] && found[1] >= least[1])) return undefined;
  return (
    'Node.js ' +
    version +
    ' is too old: ' +
    least.join('.') +
    ' or newer is needed, 24 is the current LTS. Install it (https://nodejs.org/en/download) and put it first on PATH.'
  );
}

exports.refusal = refusal;

var message = refusal(process.version);
if (message !== undefined) {
  console.error(message);
  process.exit(1);
}
