import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exemptions } from '../../policy/exemptions';
import { policies } from '../../policy/list';
import { repositories } from '../policy/facts';

const repository = join(__dirname, '..', '..');

const row = (...cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

const policyTable = [
  row('policy', 'what holds', 'what happens otherwise', 'what to do', 'asked of'),
  row('---', '---', '---', '---', '---'),
  ...policies.map(({ name, description, reason, remedy, scope }) =>
    row(`\`${name}\``, description, reason, remedy, scope === 'object' ? 'each object' : 'all together'),
  ),
];

/** Exemptions of one object and policy with one reason, as one row. */
function exemptionRows(): string[] {
  const rows = new Map<string, string[]>();
  for (const { of, policy, object, field, reason } of exemptions) {
    const key = JSON.stringify([of, policy, object, reason]);
    rows.set(key, [...(rows.get(key) ?? []), field]);
  }
  return [...rows].map(([key, fields]) => {
    const [of = '', policy = '', object = '', reason = ''] = JSON.parse(key) as string[];
    const named = fields.filter((field) => field !== '').map((field) => `\`${field}\``);
    return row(`\`${policy}\``, `${object} (${of})`, named.join(', ') || 'all of it', reason);
  });
}

/** The page of policies and exemptions, from the code itself. */
export const policyPage = (): string =>
  [
    head,
    ...policyTable,
    '',
    `Allowed repositories (\`tools/policy/facts.ts\`): ${repositories.map((prefix) => `\`${prefix}\``).join(', ')}.`,
    '',
    exemptionHead,
    row('policy', 'object', 'fields', 'why'),
    row('---', '---', '---', '---'),
    ...exemptionRows(),
    '',
    operatorText,
    packText(readFileSync(join(repository, 'policy', 'pack', 'config.example.json'), 'utf8')),
  ].join('\n');

const head = `# Policies

<!-- Made by \`npm run docs\` from policy/: change that, or the texts in tools/docs/policies.ts. -->

What must hold for everything that is deployed, whoever makes the object: this program, a chart, or Prometheus' operator.
A policy (\`policy/policies/\`) is a function from manifests to findings and knows no resource of ours; what it must be told,
such as which hosts may be reached, is given to it (\`tools/policy/facts.ts\`).

\`\`\`sh
npm run policy                                  # what the committed stacks register
CHART_DIR=FOLDER npm run policy                 # and what the charts make of our values; needs helm
npm run policy -- --exempted                    # with everything that is exempted, and why
npm run policy -- --last tests/golden           # and whether a volume became smaller since they were written
\`\`\`

A finding names the object, the field, what was found and what is allowed; the exit code is then 1. Without the charts the
command says that it did not look at them; \`--chart\` makes that an error. \`npm test\` asks the policies of the committed
stacks, \`npm run check:chart\` of the charts too. For network policies to be judged without a chart, its pods are recorded in
\`tools/policy/chart-pods.yaml\` (\`npm run policy -- --chart --record\`; after a change of the chart's version the tests ask for it).

## The policies
`;

const exemptionHead = `## Exemptions

Each says why (\`policy/exemptions.ts\`). One without a reason, of a policy that is not there, or without effect is an error.
`;

const operatorText = `## What the operator makes

The pods of Prometheus, Prometheus Agent, Alertmanager and ThanosRuler stand in no template. \`policy/operator.ts\` makes of the
custom resource the StatefulSet that the operator makes, as far as a policy looks at it; findings call it by the custom
resource, and its fields by \`StatefulSet.spec…\`. What the operator adds by itself: no privileges, no capabilities and a read-only
root filesystem for each container of its own; a config-reloader, with the image and resources that the operator's
Deployment names and without probes; probes for Prometheus and Alertmanager, none for ThanosRuler and the sidecar; its
labels, which win over ours; Prometheus' token; and, where a resource names the Secret of the bucket, the key as an environment variable
of the sidecar (of ThanosRuler a file). Read in the operator's source, 0.93.0; the chart brings 0.93.1.
`;

const packText = (example: string): string => `## In another stack

\`policy/pack/\` hands the same functions to Pulumi's engine (CrossGuard). It has packages of its own, which this program never loads.

\`\`\`sh
npm --prefix policy/pack ci
pulumi preview --policy-pack PATH_OF_THIS_REPOSITORY/policy/pack --policy-pack-config policies.json
\`\`\`

What needs no other object is asked of each resource before it is made, the rest at the end; every policy is mandatory unless
the configuration says \`"enforcementLevel": "advisory"\`. Nothing told is nothing allowed: without \`repositories\` no image is.
\`exemptions\` stand with their policy, each with \`object\`, \`reason\` and, for a part of the object, \`field\`:

\`\`\`json
${example.trim()}
\`\`\`

What a pack cannot see: the objects that charts make (\`otherPods\` of the network policies names their pods; \`npm run policy\` looks
at them), which values are secrets (so \`secret-in-values\` is left out, and \`secret-in-plain\` knows secrets by their looks alone), and
what is deployed (\`volume-never-smaller\` compares with the manifests in \`deployed\`, and without them finds nothing). What is
known only after deployment is judged then.

**Tried** on the engine 3.259.0 with a program of a Namespace, a Deployment of \`nginx:latest\` with two replicas and a Service of type
NodePort, and a provider with \`renderYamlToDirectory\`, so without a cluster. The engine there was built from source and its
language host starts no packs; the pack's \`runtime\` was therefore changed to \`offline\`, for which the engine runs
\`pulumi-analyzer-policy-offline\` from the PATH, here two lines: \`#!/bin/sh\` and
\`exec node "$PACK/node_modules/@pulumi/pulumi/cmd/run-policy-pack" "$@"\`. With Pulumi's own language host nothing of that is needed; that was not tried.

\`\`\`console
$ pulumi preview --stack test --non-interactive --policy-pack "$PACK"; echo "exit $?"
Policies:
    ❌ monitoring-policies@v1.0.0 (local: policy/pack)
        - [mandatory]  default-deny  (pulumi:pulumi:Stack: shop-test)
          Every pod is in a namespace that refuses traffic by default, in both directions.
          Deployment shop/shop: metadata.namespace is shop; allowed: a namespace with a default-deny policy
          Without it a pod that no policy names reaches everything, and is reached by everybody. Make a NetworkPolicy for all pods of the namespace, with both policy types and no ingress rule.
…
        - [mandatory]  exposed-by-name  (kubernetes:core/v1:Service: shop)
          From outside the cluster nothing is reached but what the configuration names, and hosts only by TLS.
          Service shop/shop: spec.type is NodePort; allowed: ClusterIP, or to be named
…
        - [mandatory]  image-pinned  (kubernetes:apps/v1:Deployment: shop)
          Every image has a registry and a tag that names a version, or a digest.
          Deployment shop/shop: spec.template.spec.containers[shop].image is docker.io/library/nginx:latest; allowed: REGISTRY/PATH:VERSION or REGISTRY/PATH@sha256:DIGEST
…
    error: preview failed
exit 1
\`\`\`

19 findings of 12 policies. With the faults mended and the configuration above, preview and \`pulumi up\`:

\`\`\`console
Policies:
    ✅ monitoring-policies@v1.0.0 (local: policy/pack)
…
    + 8 created
\`\`\`

and with an exemption whose reason is blank and one of a Namespace that is not there:

\`\`\`console
          Namespace shop: metadata.labels["pod-security.kubernetes.io/enforce"] is missing; allowed: restricted
…
          exemption of Namespace shop from namespace-restricted: no reason. Write why it cannot be otherwise, and what holds instead.
…
          exemption of Namespace other from namespace-restricted: no effect. Nothing there is against the policy: remove it.
exit 1
\`\`\`
`;
