import type { ObjectStore } from './object-store';
import { type Stack, stackFileOf, stacks } from './stacks';
import type { Sandbox } from './record';

/** What to do next, once everything is deployed. */
export function guide(sandbox: Sandbox, store: ObjectStore, outputs: Record<Stack, Record<string, unknown>>) {
  return [
    ...stacks.flatMap((stack) => ['', `Outputs of ${stack}`, ...lines(outputs[stack])]),
    '',
    'Look around, with the tools on PATH:',
    '  eval "$(npm run --silent sandbox -- env)"',
    ...stacks.map(
      (stack) => `  kubectl --kubeconfig ${sandbox.clusters[stack]?.kubeconfig ?? ''} get pods -A`,
    ),
    `  mc ls --recursive --versions sandbox      (MinIO at http://${store.address}:${store.port})`,
    '  mc admin user ls sandbox',
    ...stacks.map((stack) => `  pulumi preview --stack ${stack} --config-file ${stackFileOf(stack)}`),
    '',
    'The same without settings: npm run sandbox -- preview. To remove everything: npm run sandbox -- down',
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
