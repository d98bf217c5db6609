/** How the outputs are used, for `docs/outputs.md`. */
export const examples = `## Using them

The reference is \`ORGANIZATION/monitoring/STACK\`; with a backend of your own (files, S3, …) the organization is \`organization\`.
[\`examples/consumer/\`](../examples/consumer) is a whole stack of another team; \`npm run sandbox -- consumer\` deploys it, reads back
what it made, and removes it. The programs in Python, Go and YAML below are not run by a test.

### TypeScript

With the typed contract, which refuses another version and a missing output by name (copy \`contract/central.ts\`, \`promised.ts\` and
\`read.ts\`, or keep this repository beside yours):

\`\`\`ts
import { readPublic } from './contract/read';

const { queryUrl, tenants } = await readPublic('organization/monitoring/cluster-01');
\`\`\`

Without it:

\`\`\`ts
import * as pulumi from '@pulumi/pulumi';

const central = new pulumi.StackReference('organization/monitoring/cluster-01');
export const queryUrl = central.requireOutput('queryUrl');
\`\`\`

### Python

\`\`\`python
import pulumi

central = pulumi.StackReference("organization/monitoring/cluster-01")
pulumi.export("queryUrl", central.require_output("queryUrl"))
\`\`\`

### Go

\`\`\`go
central, err := pulumi.NewStackReference(ctx, "organization/monitoring/cluster-01", nil)
if err != nil {
	return err
}
ctx.Export("queryUrl", central.GetStringOutput(pulumi.String("queryUrl")))
\`\`\`

### Pulumi YAML

\`\`\`yaml
resources:
  central:
    type: pulumi:pulumi:StackReference
    properties:
      name: organization/monitoring/cluster-01
outputs:
  queryUrl: \${central.outputs["queryUrl"]}
\`\`\`

### Shell

\`\`\`sh
pulumi stack output --stack cluster-01 queryUrl
pulumi stack output --stack cluster-01 --json | jq -r '.tenants[]'
pulumi stack output --stack cluster-01 --show-secrets --json queryCredentials   # needs the key of the stack
\`\`\`

## When it fails

| what you see | why, and what to do |
| --- | --- |
| \`unknown stack "…"\` at the resource \`monitoring:central\` | no such stack in this backend: correct the reference, or log in to the backend that has it |
| \`… has no output contractVersion …\` | the stack was made and never deployed, or is none of these: \`pulumi up\` it first |
| \`… has contract version 2; this program reads version 1\` | take the contract of the release that deployed it |
| \`… break contract version 1: queryUrl (…)\` | the stack was deployed by an older release, or by another program: \`pulumi up\` it |
| \`… but this process cannot decrypt it\`, or \`{}\` in place of a secret | another passphrase: [who can read what](secrets-access.md) |
| \`passphrase must be set …\`, or an error of the KMS | the secrets provider of a stack cannot be opened: [public outputs](secrets-access.md#public-outputs-as-a-stack-of-their-own) |
`;
