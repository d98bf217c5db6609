import { absent } from './absent';
import type { ObjectStore } from './object-store';
import { substituted } from './pulumi-home';
import type { Sandbox } from './record';
import { stackFileOf } from './stacks';

/** What to do next, once everything is deployed. */
export function guide(
  sandbox: Sandbox,
  store: ObjectStore,
  outputs: Readonly<Record<string, Record<string, unknown>>>,
): string {
  const stacks = Object.keys(outputs);
  return [
    ...stacks.flatMap((stack) => ['', `Outputs of ${stack}`, ...lines(outputs[stack] ?? {})]),
    '',
    ...absent(sandbox, substituted()),
    'Look around, with the tools on PATH:',
    '  eval "$(npm run --silent sandbox -- env)"',
    ...stacks.map(
      (stack) => `  kubectl --kubeconfig ${sandbox.clusters[stack]?.kubeconfig ?? ''} get pods -A`,
    ),
    `  mc ls --recursive --versions sandbox      (MinIO at http://${store.address}:${store.port})`,
    '  mc admin user ls sandbox',
    '',
    'Change something: edit a stack file of the repository, such as',
    `  ${stacks.map((stack) => `Pulumi.${stack}.yaml`).join(', ')}`,
    'and see what it would do, then do it:',
    '  npm run sandbox -- preview',
    '  npm run sandbox -- up',
    '(npm run sandbox alone would do it at once, without showing it.)',
    'Each reads the committed file anew. A pulumi that you run yourself needs the sandbox’s copy of it, which those',
    'commands and env write; edits in the copy are lost:',
    ...stacks.map((stack) => `  pulumi preview --stack ${stack} --config-file ${stackFileOf(stack)}`),
    '',
    'To remove everything: npm run sandbox -- down',
  ].join('\n');
}

/** The outputs as aligned lines; structured ones as JSON, of longer texts the first. */
function lines(outputs: Record<string, unknown>): string[] {
  const width = Math.max(0, ...Object.keys(outputs).map((name) => name.length));
  return Object.entries(outputs).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const [first = '', ...more] = text.split('\n');
    return `  ${name.padEnd(width)}  ${first}${more.length > 0 ? ' …' : ''}`;
  });
}
