import { execa } from 'execa';
import { repository } from '../sandbox/paths';

/**
 * What Node.js runs. It prints the time and ends when program.js has compiled and loaded the program, before
 * the program does anything. The SDK is there by then, as it is when Pulumi loads a program.
 */
const script = `
require('@pulumi/pulumi');
const Module = require('node:module');
const load = Module._load;
const start = performance.now();
Module._load = (name, ...rest) => {
  const loaded = load(name, ...rest);
  if (!String(name).endsWith('/.cache/monitoring/program.js')) return loaded;
  console.log(performance.now() - start);
  process.exit();
};
require('./program.js')();
`;

/** Seconds from Pulumi's call of the program until it has been compiled and loaded. */
export async function startOfProgram(): Promise<number> {
  const { stdout } = await execa(process.execPath, ['-e', script], { cwd: repository });
  return Number(stdout) / 1000;
}
