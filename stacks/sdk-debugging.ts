import * as pulumi from '@pulumi/pulumi';

/** Set to keep what the SDK does for its own debugging (the SDK's variable, with which it also names promises that never end). */
const variable = 'PULUMI_DEBUG_PROMISE_LEAKS';

/**
 * Leaves out what the SDK does at every resource for its own debugging, a quarter of the program's processor time:
 *
 * - a stack trace for each of its thousands of promises and each resource, of which ts-node maps every line to the sources;
 * - four debug messages for each resource, one request to the engine after the other, one of them with the resource's whole state
 *   in plain text, secrets too.
 *
 * People see the messages with `pulumi --debug` alone, and a trace with an unexpected error alone: for these, run with the variable set.
 */
export function skipSdkDebugging(environment: NodeJS.ProcessEnv): void {
  if (environment[variable]) return;
  Error.stackTraceLimit = 0;
  Reflect.deleteProperty(Error, 'prepareStackTrace');
  Object.assign(pulumi.log, { debug: () => Promise.resolve() });
}
